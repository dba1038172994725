import MusterThrift
import Testing

@Suite("ThriftPy's own JSON")
struct ThriftPyJSONTests {
  private static let shapes = ThriftShapes(
    root: "args",
    [
      "args": [
        .init(1, "number", .i32), .init(2, "text", .string), .init(3, "data", .binary), .init(4, "list", .list(.byte)),
        .init(5, "inner", .structure("args")), .init(6, "map", .map(.string, .i64)), .init(7, "real", .double),
        .init(8, "lost", .structure("nowhere")),
      ]
    ])

  private static func read(
    _ payload: String, metadata: String = #"{"version":1,"name":"a","ttype":1,"seqid":5}"#
  ) throws(ThriftError) -> ThriftMessage {
    try read(text: "{\"payload\":\(payload),\"metadata\":\(metadata)}")
  }

  private static func read(text: String) throws(ThriftError) -> ThriftMessage {
    let size = text.utf8.count
    let bytes = [0, 0, UInt8(size / 256), UInt8(size % 256)] + Array(text.utf8)
    return try ThriftMessage(bytes, as: .thriftPyJSON, limits: BadInput.limits, shapes: shapes)
  }

  @Test("is read whatever the order of its members, without fields that are unknown or null")
  func order() throws {
    let message = try Self.read(#"{"other":[{"a":"]"}],"text":null,"number":3,"real":NaN,"inner":{"number":-1}}"#)
    #expect(message.head == ThriftMessageHead("a", .call, sequenceID: 5))
    #expect(message.body[1] == .i32(3))
    #expect(message.body.fields.count == 3)
    #expect(message.body[5] == .structure(ThriftStruct([ThriftField(1, .i32(-1))])))
    guard case .double(let real) = message.body[7] else {
      Issue.record("the number is missing")
      return
    }
    #expect(real.isNaN)
  }

  @Test(
    "that is not what the shapes say is refused",
    arguments: [
      "[]", "5", #"{"number":"3"}"#, #"{"number":3000000000}"#, #"{"text":3}"#, #"{"data":"!"}"#, #"{"list":{}}"#,
      #"{"list":[300]}"#, #"{"inner":[]}"#, #"{"map":{}}"#, #"{"map":[{"key":"a"}]}"#, #"{"map":[5]}"#, #"{"lost":{}}"#,
      #"{"inner":{"inner":{"inner":{"inner":{"inner":{"inner":{"inner":{"inner":{}}}}}}}}}"#,
    ])
  func payloads(_ payload: String) {
    #expect(throws: ThriftError.self) { try Self.read(payload) }
  }

  @Test(
    "whose metadata is wrong is refused",
    arguments: [
      "[]", "{}", #"{"version":2,"name":"a","ttype":1,"seqid":5}"#, #"{"version":1,"ttype":1,"seqid":5}"#,
      #"{"version":1,"name":"a","ttype":8,"seqid":5}"#, #"{"version":1,"name":"a","ttype":1,"seqid":5000000000}"#,
      #"{"version":1,"name":5,"ttype":1,"seqid":5}"#,
    ])
  func metadata(_ metadata: String) {
    #expect(throws: ThriftError.self) { try Self.read("{}", metadata: metadata) }
  }

  @Test("that is not such an object is refused", arguments: ["[]", "{}", "{\"payload\":{}}", "{\"metadata\":", "x"])
  func objects(_ text: String) {
    #expect(throws: ThriftError.self) { try Self.read(text: text) }
  }

  @Test("needs shapes, and only writes what they name")
  func shapes() throws {
    let known = ThriftMessage(ThriftMessageHead("a", .call), ThriftStruct([ThriftField(1, .i32(1))]))
    let bytes = try known.bytes(as: .thriftPyJSON, shapes: Self.shapes)
    #expect(String(decoding: bytes.dropFirst(4), as: UTF8.self).hasSuffix(#""payload": {"number": 1}}"#))
    #expect(throws: ThriftError.self) { try ThriftMessage(bytes, as: .thriftPyJSON) }
    #expect(throws: ThriftError.self) { try known.bytes(as: .thriftPyJSON) }
    let wrong: [ThriftField] = [
      ThriftField(99, .i32(1)), ThriftField(1, .i64(1)), ThriftField(2, .binary([0xFF])),
      ThriftField(8, .structure(ThriftStruct())),
    ]
    for field in wrong {
      let message = ThriftMessage(ThriftMessageHead("a", .call), ThriftStruct([field]))
      #expect(throws: ThriftError.self) { try message.bytes(as: .thriftPyJSON, shapes: Self.shapes) }
    }
  }

  @Test("that claims to be larger than allowed is not waited for")
  func size() {
    var scanner = ThriftScanner(.thriftPyJSON, limits: BadInput.limits)
    let error = #expect(throws: ThriftError.self) { try scanner.scan([0, 0, 0x10, 0]) }
    #expect(error?.code == .limit)
  }
}
