import MusterThrift
import Testing

@Suite("Random messages")
struct RoundTripTests {
  @Test("are read as they were written", arguments: [ThriftProtocol.binary, .oldBinary, .compact, .json])
  func roundTrip(_ kind: ThriftProtocol) throws {
    var random = RandomMessage(seed: 11, allowsAnyKey: kind != .json)
    for _ in 0..<400 {
      let message = random.next()
      var bytes: [UInt8] = []
      try message.write(to: &bytes, as: kind)
      #expect(try ThriftMessage(bytes, as: kind) == message)
      var scanner = ThriftScanner(kind)
      #expect(try scanner.scan((bytes + [0, 1, 2])) == .complete(bytes.count))
    }
  }

  @Test("that arrive in small parts end where they end", arguments: [ThriftProtocol.binary, .compact, .json])
  func parts(_ kind: ThriftProtocol) throws {
    var random = RandomMessage(seed: 12, allowsAnyKey: kind != .json)
    var sizes = SplitMix64(seed: 13)
    var scanner = ThriftScanner(kind)
    for _ in 0..<200 {
      var bytes: [UInt8] = []
      try random.next().write(to: &bytes, as: kind)
      var count = 0
      while count < bytes.count {
        guard case .needMore(let least) = try scanner.scan(bytes[..<count]) else {
          Issue.record("\(count) of \(bytes.count) bytes were taken for the whole")
          return
        }
        #expect(least <= bytes.count)
        count = min(count + Int.random(in: 1...30, using: &sizes), bytes.count)
      }
      #expect(try scanner.scan(bytes) == .complete(bytes.count))
      scanner.reset()
    }
  }

  @Test("are passed by a reader's skip as a whole")
  func skip() throws {
    var random = RandomMessage(seed: 14)
    for _ in 0..<200 {
      let message = random.next()
      var binary = ThriftBinaryWriter()
      try binary.structure(message.body)
      var reader = ThriftBinaryReader()
      try reader.skip(.structure, binary.bytes.span)
      #expect(reader.place == binary.bytes.count)
      var compact = ThriftCompactWriter()
      try compact.structure(message.body)
      var second = ThriftCompactReader()
      try second.skip(.structure, compact.bytes.span)
      #expect(second.place == compact.bytes.count)
    }
  }
}
