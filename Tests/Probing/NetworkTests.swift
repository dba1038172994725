import MusterHTTPServer
import Testing

@testable import MusterProbing

@Suite("A network that may be probed")
struct NetworkTests {
  @Test(
    "has the addresses that begin with its bits",
    arguments: [
      ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "255.255.255.255", true),
      ("0.0.0.0/0", "::1", false), ("::/0", "::1", true), ("::/0", "1.2.3.4", false),
      ("192.168.1.7", "192.168.1.7", true),
      ("192.168.1.7", "192.168.1.6", false), ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe80::1", false),
      ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("::ffff:10.0.0.0/8", "10.1.1.1", true), ("::1/128", "::1", true),
      ("127.0.0.0/31", "127.0.0.1", true), ("127.0.0.0/31", "127.0.0.2", false),
    ])
  func contains(_ network: String, _ address: String, _ isIn: Bool) throws {
    let address = try #require(NetworkAddress(address))
    #expect(try NetworkRange(network).contains(address) == isIn)
  }

  @Test(
    "is refused with a reason when it is none",
    arguments: [
      ("", "is not a network"), ("10.0.0.0/33", "0 to 32"), ("::/129", "0 to 128"), ("10.0.0.0/", "0 to 32"),
      ("10.0.0.0/-1", "0 to 32"), ("10.0.0.0/+8", "0 to 32"), ("10.0.0.0/8/8", "0 to 32"),
      ("10.0.0/8", "is not a network"),
      ("localhost", "is not a network"), ("10.0.0.1/8", "beyond the length"), ("fd00::1/64", "beyond the length"),
      ("10.0.0.0/99999999999999999999", "0 to 32"), ("10.0.0.0\0/8", "is not a network"), ("/8", "is not a network"),
      (" 10.0.0.0/8", "is not a network"),
    ])
  func refusal(_ text: String, _ reason: String) {
    let error = #expect(throws: NetworkRangeError.self) { try NetworkRange(text) }
    #expect(error?.message.contains(reason) == true)
  }

  @Test("survives random texts")
  func random() {
    var random = SplitMix64(seed: 7)
    let alphabet = Array("0123456789abcdef:./-")
    for _ in 0..<20_000 {
      let text = String(
        (0..<Int.random(in: 0...20, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "0" })
      guard let range = try? NetworkRange(text) else { continue }
      let address = text.split(separator: "/").first.flatMap { NetworkAddress($0) }
      #expect(address.map(range.contains) == true)
    }
  }

  @Test("keeps probes away from every other address, whatever leads there")
  func enforcement() throws {
    let server = try serve { _ in HTTPResponse(status: 200) }
    let allowed = ProbeSettings(networks: [try NetworkRange("10.0.0.0/8"), try NetworkRange("127.0.0.0/8")])
    let refused = ProbeSettings(networks: [try NetworkRange("10.0.0.0/8")])
    #expect(try read(.http(HTTPProbe(url: server.url)), settings: allowed).verdict == .passing)
    let reading = try read(.http(HTTPProbe(url: server.url)), settings: refused)
    #expect(
      reading
        == ProbeReading(
          .critical,
          "HTTP GET \(server.url): 127.0.0.1 is not in a network that may be probed (--probe-network)"))
    for probe in [
      Probe.http(HTTPProbe(url: "http://localhost:\(server.address.port)")),
      .tcp(TCPProbe(address: "127.0.0.1:\(server.address.port)")),
      .grpc(GRPCProbe(target: "127.0.0.1:\(server.address.port)")),
    ] {
      let reading = try read(probe, settings: refused)
      #expect(reading.verdict == .critical)
      #expect(reading.summary.hasSuffix("is not in a network that may be probed (--probe-network)"))
    }
  }

  @Test("is looked at again after a redirect")
  func redirect() throws {
    let inside = try RawServer(.hang)
    let outside = try serve { _ in
      HTTPResponse(status: 302, headers: [("Location", "http://127.0.0.2:\(inside.port)/")])
    }
    let settings = ProbeSettings(networks: [try NetworkRange("127.0.0.1")])
    let reading = try read(.http(HTTPProbe(url: outside.url)), settings: settings)
    #expect(reading.summary.contains("127.0.0.2 is not in a network that may be probed"))
  }
}
