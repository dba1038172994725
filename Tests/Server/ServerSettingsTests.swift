internal import MusterChecks
internal import MusterHTTPServer
internal import MusterJournal
internal import Testing

@testable internal import MusterServer

@Suite("A setting")
struct ServerSettingsTests {
  @Test("has a name by which it is set")
  func names() {
    for name in ServerSettings.names {
      var settings = ServerSettings()
      do {
        try settings.set(name, to: "\u{1}")
        Issue.record("\(name) took a control character")
      } catch {
        #expect(error.message.hasPrefix("\(name): "), "\(error.message)")
      }
    }
    #expect(Set(ServerSettings.names).count == ServerSettings.names.count)
  }

  @Test("takes what is allowed")
  func good() throws {
    for (name, text, isSet) in Self.goodTable {
      var settings = ServerSettings()
      try settings.set(name, to: text)
      #expect(isSet(settings), "\(name) \(text)")
    }
    #expect(Set(Self.goodTable.map(\.name)) == Set(ServerSettings.names))
  }

  private static let goodTable: [(name: String, text: String, isSet: @Sendable (ServerSettings) -> Bool)] = [
    ("http", "10.0.0.5:80", { $0.httpHost == "10.0.0.5" && $0.httpPort == 80 }),
    ("http", "[::1]:8500", { $0.httpHost == "::1" && $0.httpPort == 8_500 }),
    ("http", "localhost:0", { $0.httpHost == "localhost" && $0.httpPort == 0 }),
    ("http", ":65535", { $0.httpHost == "0.0.0.0" && $0.httpPort == 65_535 }),
    ("store", "memory", { $0.store == .memory }),
    ("store", "sqlite", { $0.store == .sqlite }),
    ("data-dir", "/var/lib/my muster", { $0.dataDirectory == "/var/lib/my muster" }),
    ("node", "n 1.é", { $0.node == "n 1.é" }),
    ("advertise", "10.0.0.5", { $0.advertise == "10.0.0.5" }),
    ("advertise", "host.example", { $0.advertise == "host.example" }),
    ("datacenter", "eu-west_1", { $0.datacenter == "eu-west_1" }),
    ("threads", "256", { $0.threads == 256 }),
    ("enable-exec-checks", "true", { $0.checks.allowsCommands }),
    ("enable-exec-checks", "false", { !$0.checks.allowsCommands }),
    ("min-deregister-after", "1s", { $0.leastDeregisterAfter == .seconds(1) }),
    ("history-count", "0", { $0.history.count == 0 }),
    ("history-age", "1h30m", { $0.history.age == .seconds(5_400) }),
    ("max-body-bytes", "1024", { $0.limits.maxBodyBytes == 1_024 }),
    ("max-header-bytes", "2048", { $0.limits.maxHeaderBytes == 2_048 }),
    ("max-target-bytes", "256", { $0.limits.maxTargetBytes == 256 }),
    ("max-connections", "1000000", { $0.limits.maxConnections == 1_000_000 }),
    ("max-connections-per-client", "0", { $0.limits.maxConnectionsPerClient == 0 }),
    ("idle-timeout", "24h", { $0.limits.idleTimeout == .seconds(86_400) }),
    ("cache-bytes", "0", { $0.cacheBytes == 0 }),
    ("log-level", "debug", { $0.logLevel == .debug }),
    ("log-format", "json", { $0.logFormat == .json }),
  ]

  @Test("refuses anything else with its name, the value and what is allowed, and stays as it was")
  func bad() {
    for (name, text, allowed) in Self.badTable {
      var settings = ServerSettings()
      do {
        try settings.set(name, to: text)
        Issue.record("\(name) took \(text)")
      } catch {
        #expect(error.code == .badSetting)
        #expect(error.message == "\(name): \(String(text.prefix(80)).debugDescription) is not \(allowed)")
      }
      #expect("\(settings)" == "\(ServerSettings())")
    }
  }

  private static let badTable: [(name: String, text: String, allowed: String)] = [
    ("http", "", "HOST:PORT, such as 127.0.0.1:8500 or [::1]:8500"),
    ("http", "8500", "HOST:PORT, such as 127.0.0.1:8500 or [::1]:8500"),
    ("http", "127.0.0.1", "HOST:PORT, such as 127.0.0.1:8500 or [::1]:8500"),
    ("http", "127.0.0.1:", "HOST:PORT, such as 127.0.0.1:8500 or [::1]:8500"),
    ("http", "127.0.0.1:65536", "HOST:PORT, such as 127.0.0.1:8500 or [::1]:8500"),
    ("http", "127.0.0.1:-1", "HOST:PORT, such as 127.0.0.1:8500 or [::1]:8500"),
    ("http", "127.0.0.1:http", "HOST:PORT, such as 127.0.0.1:8500 or [::1]:8500"),
    ("http", "::1:8500", "HOST:PORT: an IPv6 address goes in brackets, as in [::1]:8500"),
    ("store", "redis", "sqlite or memory"),
    ("store", "", "sqlite or memory"),
    ("data-dir", "", "a text of 1 to 4096 bytes without control characters"),
    ("data-dir", "a\nb", "a text of 1 to 4096 bytes without control characters"),
    ("data-dir", String(repeating: "d", count: 4_097), "a text of 1 to 4096 bytes without control characters"),
    ("node", "", "a text of 1 to 4096 bytes without control characters"),
    ("node", String(repeating: "n", count: 257), "a name of 1 to 256 bytes"),
    ("advertise", "0.0.0.0", "an address of this machine that others can reach, such as 10.0.0.5"),
    ("advertise", "::", "an address of this machine that others can reach, such as 10.0.0.5"),
    ("advertise", "http://10.0.0.5", "an address of this machine that others can reach, such as 10.0.0.5"),
    ("datacenter", "DC 1", "a name of 1 to 63 lower-case letters, digits, - and _"),
    ("datacenter", "", "a name of 1 to 63 lower-case letters, digits, - and _"),
    ("threads", "0", "a whole number from 1 to 256"),
    ("threads", "four", "a whole number from 1 to 256"),
    ("threads", "1.5", "a whole number from 1 to 256"),
    ("threads", "99999999999999999999", "a whole number from 1 to 256"),
    ("enable-exec-checks", "yes", "true or false"),
    ("min-deregister-after", "0s", "a duration from 1s to 8784h, such as 90s or 10m"),
    ("history-count", "-1", "a whole number from 0 to 100000000"),
    ("history-age", "7d", "a duration from 1s to 8784h, such as 90s or 10m"),
    ("history-age", "-1h", "a duration from 1s to 8784h, such as 90s or 10m"),
    ("history-age", "9000h", "a duration from 1s to 8784h, such as 90s or 10m"),
    ("max-body-bytes", "0", "a whole number from 1024 to 67108864"),
    ("max-header-bytes", "100", "a whole number from 2048 to 1048576"),
    ("max-target-bytes", "1", "a whole number from 256 to 524288"),
    ("max-connections", "0", "a whole number from 1 to 1000000"),
    ("max-connections-per-client", "-1", "a whole number from 0 to 1000000"),
    ("idle-timeout", "0", "a duration from 1s to 24h, such as 90s or 10m"),
    ("idle-timeout", "25h", "a duration from 1s to 24h, such as 90s or 10m"),
    ("cache-bytes", "32MB", "a whole number from 0 to 17179869184"),
    ("log-level", "trace", "debug or info or warning or error"),
    ("log-format", "xml", "text or json"),
  ]

  @Test("that does not exist is refused with all that do")
  func unknown() {
    var settings = ServerSettings()
    let error = #expect(throws: ServerError.self) { try settings.set("htp", to: "x") }
    #expect(error?.message == #""htp" is not a setting: \#(ServerSettings.names.joined(separator: ", "))"#)
  }

  @Test(
    "is refused together with one that it does not fit",
    arguments: [
      (
        ["max-header-bytes": "4096"],
        "max-target-bytes: 8192 is more than max-header-bytes, which is 4096: a target is a part of the header"
      ),
      (
        ["threads": "4", "max-connections": "3"],
        "threads: 4 is more than max-connections, which is 3: every thread needs a connection"
      ),
    ])
  func misfits(given: [String: String], message: String) throws {
    var settings = ServerSettings()
    for (name, text) in given { try settings.set(name, to: text) }
    let misfit = settings
    #expect(throws: ServerError.self) { try misfit.verify() }
    let error = #expect(throws: ServerError.self) {
      _ = try RegistryServer(version: "1") { () throws(ServerError) in misfit }
    }
    #expect(error?.message == message)
    #expect(error?.code == .badSetting)
  }
}
