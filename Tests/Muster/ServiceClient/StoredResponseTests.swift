internal import MusterHTTPClient
internal import MusterThreading
internal import Testing

@testable internal import Muster

@Suite("An answer as bytes")
struct StoredResponseTests {
  private static let sample: HTTPClientResponse = {
    var headers = HTTPClientHeaders()
    headers.append(name: "Content-Type", value: "text/plain; charset=utf-8")
    headers.append(name: "Empty", value: "")
    return HTTPClientResponse(status: 404, headers: headers, body: Array("not here".utf8))
  }()

  @Test("comes back as it was")
  func roundTrip() throws {
    let back = try #require(StoredResponse.decode(StoredResponse.encode(Self.sample)))
    #expect(back.status == 404 && back.text == "not here")
    #expect(back.headers.fields == Self.sample.headers.fields)
  }

  @Test(
    "is refused when it is not one",
    arguments: [
      [], [1], [2, 0, 200, 0, 0], [0, 0, 200, 0, 0], [1, 0, 99, 0, 0], [1, 255, 255, 0, 0], [1, 0, 200, 0],
      [1, 0, 200, 0, 1], [1, 0, 200, 255, 255], [1, 0, 200, 0, 1, 0, 0, 0, 1],
      [1, 0, 200, 0, 1, 255, 255, 255, 255, 1],
      [1, 0, 200, 0, 1, 0, 0, 0, 1, 0x80, 0, 0, 0, 0], [1, 0, 200, 0, 1, 0, 0, 0, 1, 65, 0, 0, 0, 2, 65],
    ] as [[UInt8]])
  func bad(bytes: [UInt8]) {
    #expect(StoredResponse.decode(bytes) == nil)
  }

  @Test("that is cut, or has a byte changed, is refused or is another answer", arguments: [1, 2, 3] as [UInt64])
  func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let whole = StoredResponse.encode(Self.sample)
    var refused = 0
    for _ in 0..<5_000 {
      var bytes = Array(whole.prefix(Int.random(in: 0...whole.count, using: &random)))
      if !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      if let back = StoredResponse.decode(bytes) { #expect(back.body.count <= bytes.count) } else { refused += 1 }
    }
    #expect(refused > 1_000)
  }
}
