import MusterThrift
import Testing

@Suite("The messages of a connection")
struct MessageBufferTests {
  private static func frames(_ dialect: ThriftDialect, _ count: Int32) throws -> [UInt8] {
    var bytes: [UInt8] = []
    for number in 0..<count {
      let start = try dialect.framing.beginFrame(in: &bytes, header: ThriftHeader(dialect.protocol, sequenceID: number))
      try ThriftOutgoingBody.typed(Book(String(repeating: "x", count: Int(number) * 90), 1))
        .write(ThriftMessageHead("put", .call, sequenceID: number), to: &bytes, as: dialect.protocol)
      try dialect.framing.endFrame(at: start, in: &bytes)
    }
    return bytes
  }

  @Test("are cut out of it, in whatever parts it arrives", arguments: FramingTests.dialects)
  func parts(_ dialect: ThriftDialect) throws {
    let bytes = try Self.frames(dialect, 60)
    var random = SplitMix64(seed: 91)
    for most in [1, 7, 300, 5_000] {
      var buffer = ThriftMessageBuffer()
      var found: [Int32] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = Array(rest.prefix(Int.random(in: 1...most, using: &random)))
        rest = rest.dropFirst(part.count)
        buffer.append(part.span)
        while let next = try buffer.next() {
          found.append(next.message.head.sequenceID)
          #expect(next.header?.sequenceID == (dialect.framing == .header ? found.last : nil))
          let book = try next.message.body(as: Book.self)
          #expect(book.title.utf8.count == (found.count - 1) * 90)
        }
      }
      #expect(found == Array(0..<60))
      #expect(buffer.count == 0)
      #expect(buffer.dialect == dialect)
    }
  }

  @Test("have to be of the dialect that it began with")
  func change() throws {
    let first = try Self.frames(ThriftDialect(.binary, .framed), 1)
    let second = try Self.frames(ThriftDialect(.compact, .framed), 1)
    var buffer = ThriftMessageBuffer()
    buffer.append((first + second).span)
    let message = try buffer.next()
    #expect(message?.message.head.name == "put")
    #expect(throws: ThriftError.self) { _ = try buffer.next() }
  }
}
