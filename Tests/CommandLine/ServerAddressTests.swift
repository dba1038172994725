internal import MusterCommandLine
internal import Testing

@Suite("The registry's address")
struct ServerAddressTests {
  @Test(
    "hosts, ports and URLs are read",
    arguments: [
      ("127.0.0.1:8500", "http://127.0.0.1:8500"), ("registry", "http://registry:8500"),
      (":9000", "http://127.0.0.1:9000"),
      ("[::1]:8500", "http://[::1]:8500"), ("[::1]", "http://[::1]:8500"), ("http://a:1/", "http://a:1"),
      ("https://a/base/", "https://a/base"), ("HTTP://a", "http://a"), ("http://[::1]:1", "http://[::1]:1"),
    ])
  func read(text: String, url: String) throws {
    #expect(try ServerAddress(argument: text).url == url)
  }

  @Test(
    "what is no address is refused",
    arguments: [
      ("unix:///run/muster.sock", "Unix sockets are not supported"),
      ("/run/muster.sock", "Unix sockets are not supported"),
      ("ftp://a", "http:// or https://"), ("a:0", "'0' is not a port"), ("a:65536", "'65536' is not a port"),
      ("a:+1", "'+1' is not a port"), ("a:", "'' is not a port"), ("a:b", "'b' is not a port"), ("::1", "in brackets"),
      ("[::1:80", "] of the IPv6"), ("a b", "visible"), ("", "visible"), ("a\u{0}", "visible"),
      ("http://a/?x", "query"),
      ("user@a:1", "HOST:PORT"), ("a/b", "HOST:PORT"), (String(repeating: "a", count: 2049), "2048"),
      ("http:/a", "'/a' is not a port"),
    ])
  func refused(text: String, reason: String) {
    let error = #expect(throws: CommandError.self) { try ServerAddress(argument: text) }
    #expect(error?.code == .usage)
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
  }

  @Test(
    "the option comes before Muster's variable, that before Consul's, that before the standard",
    arguments: [
      ("a:1", ["MUSTER_HTTP_ADDR": "b:2", "CONSUL_HTTP_ADDR": "c:3"], "http://a:1"),
      (nil, ["MUSTER_HTTP_ADDR": "b:2", "CONSUL_HTTP_ADDR": "c:3"], "http://b:2"),
      (nil, ["CONSUL_HTTP_ADDR": "c:3"], "http://c:3"),
      (nil, [:], "http://127.0.0.1:8500"),
    ] as [(String?, [String: String], String)])
  func choose(option: String?, environment: [String: String], url: String) throws {
    let address = try option.map { try ServerAddress(argument: $0) }
    #expect(try ServerAddress.choose(option: address) { environment[$0] }.url == url)
  }

  @Test("a variable with a bad value is named")
  func badVariable() {
    let error = #expect(throws: CommandError.self) {
      try ServerAddress.choose(option: nil) { $0 == "CONSUL_HTTP_ADDR" ? "unix://x" : nil }
    }
    #expect(error?.message.hasPrefix("CONSUL_HTTP_ADDR: 'unix://x'") == true)
  }

  @Test(
    "names are encoded in paths",
    arguments: [
      ("web", "/v1/x/web"), ("a/b ü?", "/v1/x/a%2Fb%20%C3%BC%3F"), ("..", "/v1/x/%2E%2E"), ("v1.2", "/v1/x/v1.2"),
      ("\n%", "/v1/x/%0A%25"),
    ])
  func path(name: String, text: String) {
    #expect(RequestPath("/v1/x", name).text == text)
  }

  @Test("parameters are encoded and joined")
  func query() {
    let path = RequestPath("/v1/x").adding("filter", #"a == "b&c""#).adding("tag", "d")
    #expect(path.text == "/v1/x?filter=a%20%3D%3D%20%22b%26c%22&tag=d")
  }
}
