import MusterBalancing
import MusterCalling
import MusterResilience
import MusterThrift
import Testing

@testable import MusterProxy

@Suite("A proxy's settings")
struct SettingsTests {
  @Test(
    "a pattern names methods",
    arguments: [
      ("add", "add", true), ("add", "adds", false), ("add", "Calculator:add", true), ("get*", "get", true),
      ("get*", "getAll", true), ("get*", "forget", false), ("*get*", "forgetAll", true), ("*", "anything", true),
      ("Users:get*", "Users:getAll", true), ("Users:get*", "Orders:getAll", false), ("Users:*", "Users:x", true),
      ("Users:get", "get", false), ("a*b*c", "aXbYc", true), ("a*b*c", "aXbY", false), ("**", "", true),
      ("a*a*a*a*a*a*a*a*b", String(repeating: "a", count: 200), false),
    ])
  func patterns(pattern: String, name: String, isMeant: Bool) throws {
    #expect(try MethodPattern(pattern).matches(name) == isMeant)
  }

  @Test("a pattern that is none is refused", arguments: ["", "a b", "a\n", String(repeating: "x", count: 201)])
  func badPatterns(text: String) {
    #expect(throws: ProxyError.self) { try MethodPattern(text) }
  }

  @Test("every name of a protocol is one", arguments: ProxyProtocol.names)
  func protocols(name: String) {
    #expect(ProxyProtocol(name: name) != nil)
  }

  @Test("a protocol's name says what it is")
  func dialects() {
    #expect(ProxyProtocol(name: "framed-compact") == .dialect(ThriftDialect(.compact, .framed)))
    #expect(ProxyProtocol(name: "unframed-thriftpy-json") == .dialect(ThriftDialect(.thriftPyJSON, .unframed)))
    #expect(ProxyProtocol(name: "header-compact") == .dialect(ThriftDialect(.compact, .header)))
    #expect(ProxyProtocol(name: "framed-") == nil)
    #expect(ProxyProtocol(name: "framed") == nil)
  }

  @Test("definitions say which methods are idempotent")
  func definitions() throws {
    var configuration = ProxyConfiguration { path throws(ProxyError) in
      guard path == "calc.thrift" else { throw ProxyError(.badSetting, "there is no '\(path)'") }
      return ["add", "Users:get"]
    }
    try configuration.add(service: "calc", listen: "127.0.0.1:0", [("idempotent", "x"), ("idl", "calc.thrift")])
    #expect(configuration.services.first?.idempotent.map(\.text) == ["x", "add", "Users:get"])
    let missing = #expect(throws: ProxyError.self) {
      try configuration.add(service: "calc", listen: "127.0.0.1:0", [("idl", "calc.thrift,other.thrift")])
    }
    #expect(missing?.message == "there is no 'other.thrift'")
    #expect(configuration.services.count == 1)
  }

  @Test("a file holds services with their settings")
  func file() throws {
    var configuration = ProxyConfiguration()
    let text = """
      {"threads": 2, "metrics": "127.0.0.1:9102", "drain": "3s", "services": [
        {"service": "calc", "listen": "127.0.0.1:6000", "balance": "p2c", "idempotent": ["add", "get*"], "retries": 4,
         "hedge": "p95", "breaker": "off", "fail-fast": true},
        {"service": "raw", "listen": "[::1]:0", "protocol": "tcp"}]}
      """
    try configuration.read(Array(text.utf8), path: "proxy.json")
    #expect(configuration.threads == 2)
    #expect(configuration.metrics?.port == 9_102)
    #expect(configuration.drain == .seconds(3))
    #expect(configuration.services.map(\.service) == ["calc", "raw"])
    let calc = try #require(configuration.services.first)
    #expect(calc.calls.policy == .powerOfTwo)
    #expect(calc.idempotent.map(\.text) == ["add", "get*"])
    #expect(calc.calls.maximumAttempts == 5)
    #expect(calc.calls.hedge?.percentile == 0.95)
    #expect(calc.calls.breaker == nil)
    #expect(calc.calls.failsFast)
    #expect(configuration.services.last?.carries == .tcp)
    #expect(configuration.services.last?.listen.host == "::1")
  }

  @Test(
    "what is wrong with a file is said with its place",
    arguments: [
      ("[]", "must be a JSON object"), ("{", "proxy.json"), ("{}", "services"), (#"{"services": []}"#, "services"),
      (#"{"services": [1]}"#, "services[0]"), (#"{"services": [{}]}"#, "the service's name is missing"),
      (#"{"services": [{"service": "a"}]}"#, "listen"),
      (#"{"services": [{"service": "a", "listen": "1"}]}"#, "HOST:PORT"),
      (#"{"services": [{"service": "a", "listen": ":1", "balance": "best"}]}"#, "least-connections"),
      (#"{"services": [{"service": "a", "listen": ":1", "retries": -1}]}"#, "from 0 to 20"),
      (#"{"services": [{"service": "a", "listen": ":1", "timeout": "soon"}]}"#, "duration"),
      (#"{"services": [{"service": "a", "listen": ":1", "hedge": "p10"}]}"#, "percentile"),
      (#"{"services": [{"service": "a", "listen": ":1", "x": "y"}]}"#, "is not a setting"),
      (#"{"services": [{"service": "a", "listen": ":1", "keep": {}}]}"#, "must be a text"),
      (#"{"x": 1, "services": [{"service": "a", "listen": ":1"}]}"#, "is not a setting"),
      (#"{"threads": 0, "services": [{"service": "a", "listen": ":1"}]}"#, "from 1 to 64"),
    ])
  func badFiles(text: String, reason: String) {
    var configuration = ProxyConfiguration()
    let error = #expect(throws: ProxyError.self) { try configuration.read(Array(text.utf8), path: "proxy.json") }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    #expect(error?.message.hasPrefix("proxy.json: ") == true)
    #expect(configuration.services.isEmpty)
  }

  @Test("every setting has its name and refuses nonsense", arguments: ProxySettings.names)
  func names(name: String) {
    var settings = ProxySettings(service: "a", listen: ("127.0.0.1", 0))
    guard name != "idempotent", name != "zone" else { return }
    let error = #expect(throws: ProxyError.self) { try settings.set(name, to: "?") }
    #expect(error?.message.hasPrefix("\(name): \"?\" is not ") == true)
  }
}
