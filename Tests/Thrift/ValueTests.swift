import MusterThrift
import Testing

@Suite("Values")
struct ValueTests {
  @Test("of text and bytes are equal if their bytes are, and so are their hashes")
  func strings() {
    #expect(ThriftValue.string("aü") == .binary(Array("aü".utf8)))
    #expect(ThriftValue.binary(Array("aü".utf8)) == .string("aü"))
    #expect(Set([ThriftValue.string("aü"), .binary(Array("aü".utf8))]).count == 1)
    #expect(ThriftValue.string("e\u{301}") != .string("é"))
    #expect(ThriftValue.binary([1]) != .binary([2]))
  }

  @Test("of different types are not equal")
  func types() {
    #expect(ThriftValue.i32(1) != .i64(1))
    #expect(ThriftValue.list(ThriftElements(of: .i32)) != .set(ThriftElements(of: .i32)))
    #expect(ThriftElements(of: .i32) == ThriftElements(of: .i64))
    #expect(ThriftMap(from: .i32, to: .i32) == ThriftMap(from: .string, to: .i64))
  }

  @Test("of a field that is there more than once are the last one's")
  func fields() {
    let structure = ThriftStruct([ThriftField(1, .i32(1)), ThriftField(1, .i32(2))])
    #expect(structure[1] == .i32(2))
    #expect(structure[2] == nil)
  }

  @Test("are bytes where they are not valid UTF-8, and no text")
  func invalidText() throws {
    var writer = ThriftBinaryWriter()
    writer.binary([0xC3, 0x28])
    var reader = ThriftBinaryReader()
    #expect(try reader.value(.string, writer.bytes.span) == .binary([0xC3, 0x28]))
    var second = ThriftBinaryReader()
    let error = #expect(throws: ThriftError.self) { try second.string(writer.bytes.span) }
    #expect(error?.message == "a string of 2 bytes is not valid UTF-8")
  }

  @Test("of an empty list are read whatever its element type, as some libraries write none")
  func emptyLists() throws {
    for digits in ["0f 0001 00 00000000 00", "0d 0001 00 00 00000000 00"] {
      var reader = ThriftBinaryReader()
      #expect(try reader.structure(Recorded.hex(digits).span).fields.count == 1)
    }
    var reader = ThriftCompactReader()
    #expect(try reader.structure(Recorded.hex("19 00 00").span).fields.count == 1)
  }

  @Test("of every type are read and written one by one")
  func steps() throws {
    var binary = ThriftBinaryWriter()
    try check(&binary, ThriftBinaryReader())
    var compact = ThriftCompactWriter()
    try check(&compact, ThriftCompactReader())
  }

  private func check(_ writer: inout some ThriftWriter, _ reader: some ThriftReader) throws {
    var reader = reader
    writer.boolField(1, after: 0, true)
    writer.field(-5, after: 1, .double)
    writer.double(-0.5)
    writer.field(20, after: -5, .map)
    writer.map(.string, .bool, count: 1)
    writer.string("key")
    writer.bool(false)
    writer.stop()
    let bytes = writer.bytes
    try reader.enter()
    let flag = try #require(try reader.field(after: 0, bytes.span))
    #expect(flag == ThriftFieldHead(id: 1, type: .bool))
    #expect(try reader.bool(bytes.span))
    let real = try #require(try reader.field(after: 1, bytes.span))
    #expect(real == ThriftFieldHead(id: -5, type: .double))
    #expect(try reader.double(bytes.span) == -0.5)
    let map = try #require(try reader.field(after: -5, bytes.span))
    #expect(map == ThriftFieldHead(id: 20, type: .map))
    #expect(try reader.map(bytes.span) == ThriftMapHead(keyType: .string, valueType: .bool, count: 1))
    #expect(try reader.string(bytes.span) == "key")
    #expect(try reader.bool(bytes.span) == false)
    #expect(try reader.field(after: 20, bytes.span) == nil)
    reader.leave()
    #expect(reader.place == bytes.count)
  }
}
