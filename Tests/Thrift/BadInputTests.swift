import MusterThrift
import Testing

@Suite("Bytes that are no message")
struct BadInputTests {
  @Test("are refused by the reader", arguments: BadInput.heads + BadInput.values)
  func read(_ input: BadInput) {
    let error = #expect(throws: ThriftError.self) {
      try ThriftMessage(input.bytes, as: input.kind, limits: BadInput.limits)
    }
    #expect(error?.code == input.code, "\(String(describing: error))")
    #expect(error?.offset != nil)
  }

  @Test("are refused by the scanner, with what has arrived so far", arguments: BadInput.heads + BadInput.values)
  func scan(_ input: BadInput) {
    var scanner = ThriftScanner(input.kind, limits: BadInput.limits)
    let error = #expect(throws: ThriftError.self) {
      for count in 0...input.bytes.count { _ = try scanner.scan(input.bytes[..<count]) }
    }
    #expect(error?.code == input.code, "\(String(describing: error))")
  }

  @Test("are refused by a reader's skip", arguments: BadInput.values.filter { $0.kind != .oldBinary })
  func skip(_ input: BadInput) {
    #expect(throws: ThriftError.self) {
      if input.kind == .binary {
        var reader = ThriftBinaryReader(at: 13, limits: BadInput.limits)
        try reader.skip(.structure, input.bytes.span)
      } else {
        var reader = ThriftCompactReader(at: 5, limits: BadInput.limits)
        try reader.skip(.structure, input.bytes.span)
      }
    }
  }

  @Test("such as a count that the bytes can't hold are refused before anything is made room for")
  func lyingCounts() {
    for (kind, body) in [(ThriftProtocol.binary, "0f0001 0a 00100000 00"), (.compact, "19 f7 808040 00")] {
      let head = kind == .binary ? "80010001 00000001 61 00000000" : "8221 00 01 61"
      let error = #expect(throws: ThriftError.self) { try ThriftMessage(Recorded.hex(head + body), as: kind) }
      #expect(error?.code == .truncated)
      #expect(error?.message == "a container of 1048576 elements can't fit in the 1 bytes left")
    }
  }

  @Test("with more values than allowed are refused, however small each part is", arguments: ThriftProtocol.allCases)
  func valueCount(_ kind: ThriftProtocol) throws {
    let shapes = ThriftShapes(
      root: "a", ["a": [.init(1, "list", .list(.structure("b")))], "b": [.init(1, "c", .bool)]])
    let structure = ThriftValue.structure(ThriftStruct([ThriftField(1, .bool(true))]))
    let list = Expected.list(.structure, Array(repeating: structure, count: 40))
    let message = ThriftMessage(ThriftMessageHead("a", .call), ThriftStruct([ThriftField(1, list)]))
    let bytes = try message.bytes(as: kind, shapes: shapes)
    // JSON's types, counts and objects are values of its own.
    let most = kind == .json || kind == .thriftPyJSON ? 300 : 81
    #expect(try ThriftMessage(bytes, as: kind, limits: ThriftLimits(valueCount: most), shapes: shapes) == message)
    let error = #expect(throws: ThriftError.self) {
      try ThriftMessage(bytes, as: kind, limits: ThriftLimits(valueCount: 80), shapes: shapes)
    }
    #expect(error?.code == .limit)
  }

  @Test("such as a field's number beyond 32767 are refused")
  func fieldNumbers() {
    let bytes = Recorded.hex("8221 00 01 61 05 feff03 00 15 00 00")
    let error = #expect(throws: ThriftError.self) { try ThriftMessage(bytes, as: .compact) }
    #expect(error?.message == "a field's number is 32767 + 1; at most 32767 is allowed")
  }

  @Test("of a message that is larger than allowed are not waited for", arguments: [ThriftProtocol.binary, .compact])
  func messageSize(_ kind: ThriftProtocol) throws {
    let text = ThriftField(1, .string(String(repeating: "a", count: 900)))
    let message = ThriftMessage(ThriftMessageHead("a", .call), ThriftStruct(Array(repeating: text, count: 5)))
    var scanner = ThriftScanner(kind, limits: BadInput.limits)
    let bytes = try message.bytes(as: kind)
    let error = #expect(throws: ThriftError.self) { try scanner.scan(bytes.dropLast()) }
    #expect(error?.code == .limit)
    scanner.reset()
    #expect(throws: ThriftError.self) { try scanner.scan(bytes) }
  }
}
