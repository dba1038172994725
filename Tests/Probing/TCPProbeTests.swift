import Testing

@testable import MusterProbing

@Suite("A TCP probe")
struct TCPProbeTests {
  @Test("passes when someone listens")
  func open() throws {
    let server = try RawServer(.hang)
    #expect(
      try read(.tcp(TCPProbe(address: server.address)))
        == ProbeReading(.passing, "TCP \(server.address): connected"))
    #expect(try read(.tcp(TCPProbe(address: "localhost:\(server.port)"))).verdict == .passing)
  }

  @Test("is critical when nobody does")
  func closed() throws {
    let address = "127.0.0.1:\(try RawServer.freePort())"
    #expect(
      try read(.tcp(TCPProbe(address: address)))
        == ProbeReading(.critical, "TCP \(address): connection refused"))
  }

  @Test(
    "of something that is no target says so",
    arguments: [
      "", ":", ":80", "host", "host:", "host:0", "host:65536", "host:-1", "a b:80", "[::1:80", "[]:80", "[host]:80",
      "http://host:80", "user@host:80", "host/path:80", "host:80\r\n", "\0:80",
    ])
  func malformed(_ address: String) throws {
    let reading = try read(.tcp(TCPProbe(address: address)))
    #expect(reading.verdict == .critical)
    #expect(reading.summary.contains("the target"))
  }

  @Test("takes IPv6 addresses with and without brackets", arguments: ["[::1]:9", "::1:9"])
  func ipv6(_ address: String) throws {
    #expect(try HostAndPort(address).text == "[::1]:9")
  }
}
