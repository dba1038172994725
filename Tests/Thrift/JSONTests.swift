import MusterThrift
import Testing

@Suite("Apache's JSON")
struct JSONTests {
  private static func read(_ body: String, shapes: ThriftShapes? = nil) throws(ThriftError) -> ThriftStruct {
    try ThriftMessage(Array("[1,\"a\",1,0,\(body)]".utf8), as: .json, limits: BadInput.limits, shapes: shapes).body
  }

  @Test(
    "is read in every form that libraries write",
    arguments: [
      (#"{"1":{"tf":1}}"#, .bool(true)), (#"{"1":{"tf":false}}"#, .bool(false)), (#"{"1":{"i8":-128}}"#, .byte(-128)),
      (#"{"1":{"i64":-9223372036854775808}}"#, .i64(.min)), (#"{"1":{"dbl":2}}"#, .double(2)),
      (#"{"1":{"dbl":-1.5e-3}}"#, .double(-0.0015)), (#"{"1":{"dbl":"-Infinity"}}"#, .double(-.infinity)),
      (#"{"1":{"dbl":-inf}}"#, .double(-.infinity)), (#"{"1":{"dbl":Infinity}}"#, .double(.infinity)),
      (" {\n\t\"1\" : { \"i16\" : 7 }\r\n} ", .i16(7)),
      (#"{"1":{"str":"A\/\b\f\n\r\t\\\""}}"#, .string("A/\u{8}\u{C}\n\r\t\\\"")),
      (#"{"1":{"str":"\u00fc\ud83d\ude00\u0000"}}"#, .string("ü😀\u{0}")),
      (#"{"1":{"rec":{}}}"#, .structure(ThriftStruct())),
      (#"{"1":{"lst":["i32",0]}}"#, .list(ThriftElements(of: .i32))),
      (
        #"{"1":{"map":["tf","str",1,{"1":"x"}]}}"#,
        .map(ThriftMap(from: .bool, to: .string, [.init(.bool(true), .string("x"))]))
      ),
    ] as [(String, ThriftValue)])
  func forms(_ body: String, _ value: ThriftValue) throws {
    #expect(try Self.read(body) == ThriftStruct([ThriftField(1, value)]))
  }

  @Test(
    "that is not what the protocol allows is refused",
    arguments: [
      "", "[]", "1", #"{"a":{"i32":1}}"#, #"{"40000":{"i32":1}}"#, #"{"1":{"i32":1,"i64":2}}"#, #"{"1":{}}"#,
      #"{"1":5}"#,
      #"{"1":{"i31":1}}"#, #"{"1":{"i8":128}}"#, #"{"1":{"i16":40000}}"#, #"{"1":{"i32":2147483648}}"#,
      #"{"1":{"i64":9223372036854775808}}"#, #"{"1":{"i32":1.5}}"#, #"{"1":{"i32":"1"}}"#, #"{"1":{"tf":2}}"#,
      #"{"1":{"str":1}}"#, #"{"1":{"str":null}}"#, #"{"1":{"dbl":"x"}}"#, #"{"1":{"dbl":0x10}}"#,
      #"{"1":{"dbl":nope}}"#,
      #"{"1":{"str":"\x"}}"#, #"{"1":{"str":"\u12"}}"#, #"{"1":{"str":"\u+123"}}"#, #"{"1":{"str":"\ud800"}}"#,
      #"{"1":{"str":"\ud800\u0041"}}"#, #"{"1":{"str":"\udc00"}}"#, #"{"1":{"lst":["i32",2,1]}}"#,
      #"{"1":{"lst":["i32",-1]}}"#, #"{"1":{"lst":["i32"]}}"#, #"{"1":{"lst":{}}}"#, #"{"1":{"lst":["i32",1,"x"]}}"#,
      #"{"1":{"set":["x",0]}}"#, #"{"1":{"map":["i32","i32",2,{"1":1}]}}"#, #"{"1":{"map":["i32","i32",1,{"x":1}]}}"#,
      #"{"1":{"map":["i32","i32",0]}}"#, #"{"1":{"map":["i32","i32",0,[]]}}"#, #"{"1":{"i32":1},}"#, #"{"1":{"i32":1}"#,
      #"{"1" {"i32":1}}"#, #"{1:{"i32":1}}"#, #"{"1":{"lst":["i32",1,1}}}"#,
    ])
  func refused(_ body: String) {
    #expect(throws: ThriftError.self) { try Self.read(body) }
  }

  @Test(
    "beyond the limits is refused",
    arguments: [
      "{\"1\":{\"str\":\"\(String(repeating: "a", count: 1001))\"}}",
      "{\"1\":{\"lst\":[\"i8\",101\(String(repeating: ",1", count: 101))]}}",
      String(repeating: "{\"1\":{\"rec\":", count: 9) + "{}" + String(repeating: "}}", count: 9),
      "{\"1\":{\"lst\":[\"lst\",1," + String(repeating: "[\"lst\",1,", count: 50),
    ])
  func limits(_ body: String) {
    let error = #expect(throws: ThriftError.self) { try Self.read(body) }
    #expect(error?.code == .limit, "\(String(describing: error))")
  }

  @Test(
    "whose head is wrong is refused",
    arguments: [
      "{}", "[2,\"a\",1,0,{}]", "[1,5,1,0,{}]", "[1,\"a\",9,0,{}]", "[1,\"a\",1,4294967296,{}]", "[1,\"a\",1]",
      "[1,\"a\",1.5,0,{}]", "[1 \"a\"]", "[\"\",",
    ])
  func heads(_ text: String) {
    #expect(throws: ThriftError.self) { try ThriftMessage(Array(text.utf8), as: .json) }
    var scanner = ThriftScanner(.json)
    #expect(throws: ThriftError.self) { try scanner.scan(Array(text.utf8)) }
  }

  @Test("whose head does not end is not waited for")
  func endlessHead() {
    var scanner = ThriftScanner(.json)
    let text = "[1,\"" + String(repeating: "a", count: 30_000)
    let error = #expect(throws: ThriftError.self) { try scanner.scan(Array(text.utf8)) }
    #expect(error?.code == .limit)
  }

  @Test("holds bytes as Base64, with or without padding", arguments: 0..<20)
  func base64(_ count: Int) throws {
    let content = (0..<count).map { UInt8(truncatingIfNeeded: 251 &* $0 &+ 7) }
    let shapes = ThriftShapes(root: "a", ["a": [.init(1, "data", .binary)]])
    let body = ThriftStruct([ThriftField(1, .binary(content))])
    let message = ThriftMessage(ThriftMessageHead("a", .call), body)
    let bytes = try message.bytes(as: .json, shapes: shapes)
    #expect(try ThriftMessage(bytes, as: .json, shapes: shapes) == message)
    #expect(try ThriftMessage(bytes.filter { $0 != 0x3D }, as: .json, shapes: shapes) == message)
  }

  @Test("that should be Base64 and is not is refused", arguments: ["a", "a===", "a!==", "ab=c", "äöü"])
  func notBase64(_ text: String) {
    let shapes = ThriftShapes(root: "a", ["a": [.init(1, "data", .binary)]])
    #expect(throws: ThriftError.self) { try Self.read("{\"1\":{\"str\":\"\(text)\"}}", shapes: shapes) }
  }

  @Test("has no form for keys that are structs or containers", arguments: [ThriftType.structure, .list, .map, .set])
  func keys(_ type: ThriftType) {
    let keys: [ThriftType: ThriftValue] = [
      .structure: .structure(ThriftStruct()), .list: Expected.list(.i32, []), .set: .set(ThriftElements(of: .i32)),
      .map: .map(ThriftMap(from: .i32, to: .i32)),
    ]
    let entries = keys[type].map { [ThriftMap.Entry($0, .i32(1))] } ?? []
    let body = ThriftStruct([ThriftField(1, .map(ThriftMap(from: type, to: .i32, entries)))])
    let error = #expect(throws: ThriftError.self) {
      try ThriftMessage(ThriftMessageHead("a", .call), body).bytes(as: .json)
    }
    #expect(error?.code == .unsupported)
  }
}
