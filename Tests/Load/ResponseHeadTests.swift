internal import Testing

@testable internal import MusterLoad

@Suite("A response's head")
struct ResponseHeadTests {
  @Test(
    "is read for its status and the length of the body",
    arguments: [
      ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, 5, 38),
      ("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nA: b\r\n\r\n", 503, 0, 46),
      ("HTTP/1.1 204 No Content\r\nA: b\r\n\r\n", 204, 0, 33),
    ])
  func good(text: String, status: Int, bodyBytes: Int, length: Int) throws {
    let head = try #require(try ResponseHead(Array(text.utf8)))
    #expect(head.status == status)
    #expect(head.bodyBytes == bodyBytes)
    #expect(head.length == length)
  }

  @Test("that is not whole is waited for", arguments: 0..<37)
  func pieces(count: Int) throws {
    let text = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    #expect(try ResponseHead(Array(text.utf8.prefix(count))) == nil)
  }

  @Test(
    "that is not one is refused",
    arguments: [
      "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 abc OK\r\nContent-Length: 5\r\n\r\n", "SSH-2.0-x yes\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "\n\r\n\r\n", String(repeating: "x", count: 20_000),
    ])
  func bad(text: String) {
    #expect(throws: LoadError.self) { try ResponseHead(Array(text.utf8)) }
  }

  @Test("of random bytes is refused or waited for, and never taken for more than there is", arguments: 0..<20)
  func random(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    for _ in 0..<200 {
      var bytes = Array("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".utf8)
      for _ in 0..<3 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        bytes[Int(state % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: state >> 32)
      }
      do throws(LoadError) {
        if let head = try ResponseHead(bytes) { #expect(head.length <= bytes.count && head.bodyBytes >= 0) }
      } catch {
        #expect(error.code == .badAnswer)
      }
    }
  }
}
