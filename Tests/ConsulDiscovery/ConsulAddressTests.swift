import MusterDiscovery
import Testing

@testable import MusterConsulDiscovery

@Suite("The address of a registry")
struct ConsulAddressTests {
  @Test(
    "is read in several forms",
    arguments: [
      ("127.0.0.1:8500", "http://127.0.0.1:8500"), ("consul", "http://consul:8500"), (":80", "http://127.0.0.1:80"),
      ("[::1]:9", "http://[::1]:9"), ("[::1]", "http://[::1]:8500"), ("http://h", "http://h"),
      ("HTTPS://h:1/", "https://h:1"), ("https://h/base/", "https://h/base"),
    ])
  func good(text: String, url: String) throws {
    #expect(try ConsulAddress(text).url == url)
  }

  @Test(
    "is refused with what is allowed",
    arguments: [
      "", "a b", "h:0", "h:65536", "h:x", "h:", "h:+1", "::1", "[::1", "h/path", "ftp://h", "http://h?x", "http://u@h",
      "http://h:8500:1", "h\n", String(repeating: "a", count: 2_049), "ä",
    ])
  func bad(text: String) {
    let error = #expect(throws: DiscoveryError.self) { try ConsulAddress(text) }
    #expect(error?.code == .invalidArgument)
  }

  @Test(
    "comes from the environment, Muster's variable first",
    arguments: [
      ([:], "http://127.0.0.1:8500"), (["CONSUL_HTTP_ADDR": "c:1"], "http://c:1"),
      (["CONSUL_HTTP_ADDR": "c:1", "MUSTER_HTTP_ADDR": "m:2"], "http://m:2"),
      (["CONSUL_HTTP_ADDR": "c:1", "MUSTER_HTTP_ADDR": ""], "http://c:1"),
    ] as [([String: String], String)])
  func environment(variables: [String: String], url: String) throws {
    #expect(try ConsulAddress.choose { variables[$0] }.url == url)
  }

  @Test("names the variable whose value is no address")
  func wrongVariable() {
    let error = #expect(throws: DiscoveryError.self) {
      try ConsulAddress.choose { $0 == "CONSUL_HTTP_ADDR" ? "h:0" : nil }
    }
    #expect(error?.message.hasPrefix("CONSUL_HTTP_ADDR: 'h:0'") == true)
  }
}
