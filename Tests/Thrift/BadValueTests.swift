import MusterThrift
import Testing

@Suite("Values that have no form")
struct BadValueTests {
  @Test("are not written", arguments: [ThriftProtocol.binary, .compact, .json])
  func wrongTypes(_ kind: ThriftProtocol) {
    let wrong: [ThriftValue] = [
      Expected.list(.i32, [.i64(1)]), .set(ThriftElements(of: .string, [.bool(true)])),
      .map(ThriftMap(from: .i32, to: .i32, [.init(.i32(1), .i16(1))])),
      .map(ThriftMap(from: .string, to: .i32, [.init(.i32(1), .i32(1))])),
    ]
    for value in wrong {
      let message = ThriftMessage(ThriftMessageHead("a", .call), ThriftStruct([ThriftField(1, value)]))
      let error = #expect(throws: ThriftError.self) { try message.bytes(as: kind) }
      #expect(error?.code == .malformed)
    }
  }

  @Test("are not written if they nest too deeply", arguments: [ThriftProtocol.binary, .compact, .json])
  func depth(_ kind: ThriftProtocol) throws {
    func nested(_ depth: Int) -> ThriftMessage {
      let structure = (1..<depth).reduce(ThriftStruct()) { inner, _ in
        ThriftStruct([ThriftField(1, .structure(inner))])
      }
      return ThriftMessage(ThriftMessageHead("a", .call), structure)
    }
    let deepest = nested(ThriftLimits.deepest)
    let bytes = try deepest.bytes(as: kind)
    let limits = ThriftLimits(depth: 10_000)
    #expect(limits.depth == ThriftLimits.deepest)
    #expect(try ThriftMessage(bytes, as: kind, limits: limits) == deepest)
    let error = #expect(throws: ThriftError.self) { try nested(ThriftLimits.deepest + 1).bytes(as: kind) }
    #expect(error?.code == .limit)
    #expect(throws: ThriftError.self) { try ThriftMessage(bytes, as: kind) }
  }
}
