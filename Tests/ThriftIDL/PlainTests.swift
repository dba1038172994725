import MusterThrift
import MusterThriftIDL
import Testing

@Suite("Plain values")
struct PlainTests {
  private static let schema = Result {
    try ThriftSchema(Sample.everything, ["shared.thrift": Sample.shared])
  }

  private func method(_ name: String) throws -> ThriftService.Method {
    try #require(try Self.schema.get().method(name, of: "test.Calculator"))
  }

  @Test("are arguments by position or by name")
  func arguments() throws {
    let schema = try Self.schema.get()
    let both = ThriftStruct([ThriftField(1, .i32(1)), ThriftField(2, .i32(2))])
    #expect(try schema.arguments(.array([.integer(1), .integer(2)]), of: method("add")) == both)
    let named = ThriftPlain.object([.init("b", .integer(2)), .init("a", .integer(1))])
    #expect(try schema.arguments(named, of: method("add")) == both)
    let points = try schema.arguments(.array([.object([])]), of: method("points"))
    #expect(points[2] == .i32(3), "the definition's default")
    #expect(try schema.arguments(.array([.null, .null]), of: method("points")).fields.isEmpty)
  }

  @Test("of every type become what is sent, and the same again")
  func roundTrip() throws {
    let schema = try Self.schema.get()
    let point = ThriftPlain.object([.init("x", .double(1)), .init("y", .double(2.5))])
    let plain = ThriftPlain.object([
      .init("flag", .bool(true)), .init("tiny", .integer(-128)), .init("old", .integer(1)), .init("short", .integer(7)),
      .init("medium", .integer(1)), .init("long", .integer(.min)), .init("real", .string("-Infinity")),
      .init("text", .string("text")), .init("bytes", .string("AP8=")), .init("color", .string("GREEN")),
      .init("level", .string("HIGH")), .init("numbers", .array([.integer(1)])), .init("words", .array([.string("a")])),
      .init("counts", .object([.init("a", .integer(1))])),
      .init("nested", .array([.array([.object([.init("1", .array([.string("RED")]))])])])), .init("point", point),
      .init("place", point), .init("name", .string("name")), .init("count", .integer(3)),
      .init("tree", .object([.init("value", .integer(1)), .init("others", .array([]))])),
      .init("shapes", .array([.object([.init("group", .array([]))])])),
      .init("shape", .object([.init("inner", .object([.init("flag", .bool(false))]))])),
    ])
    let value = try schema.structure(plain, as: "test.Everything")
    #expect(value[9] == .binary([0, 255]) && value[10] == .i32(2) && value[7] == .double(-.infinity))
    let again = try schema.plain(value, as: "test.Everything")
    #expect(try schema.structure(again, as: "test.Everything") == value)
    guard case .object(let members) = plain, case .object(let found) = again else {
      Issue.record("no objects")
      return
    }
    #expect(Set(found) == Set(members))
  }

  @Test("may be maps in two forms, and numbers as text")
  func forms() throws {
    let schema = try ThriftSchema(
      "struct K { 1: i32 a } struct S { 1: map<K, i64> m, 2: map<i32, bool> n, 3: map<bool, double> o }")
    let key = ThriftPlain.object([.init("a", .integer(1))])
    let plain = ThriftPlain.object([
      .init("m", .array([.array([key, .string("9007199254740993")])])),
      .init("n", .array([.array([.integer(5), .bool(true)])])),
      .init("o", .object([.init("true", .string("NaN"))])),
    ])
    let value = try schema.structure(plain, as: "test.S")
    let again = ThriftPlain.object([
      .init("m", .array([.array([key, .integer(9_007_199_254_740_993)])])),
      .init("n", .object([.init("5", .bool(true))])),
      .init("o", .object([.init("true", .string("NaN"))])),
    ])
    #expect(try schema.plain(value, as: "test.S") == again)
  }

  @Test(
    "that are wrong are refused with their place and what is allowed",
    arguments: [
      ("add", ThriftPlain.array([.integer(1)]), #"add: "b" (i32) is missing"#),
      ("add", .array([.integer(1), .integer(2), .integer(3)]), "add: 3 arguments are given; it takes 2: a, b"),
      ("add", .string("a"), #"add: expected an array of arguments or an object of them by name, found "a""#),
      ("add", .object([.init("c", .null)]), #"add: "c" is not one of its arguments: a, b"#),
      ("ping", .object([.init("c", .null)]), #"ping: "c" is not one of its arguments: there are none"#),
      ("add", .object([.init("a", .null), .init("a", .null)]), #"add: "a" is there twice"#),
      (
        "add", .array([.integer(1), .integer(2_147_483_648)]),
        "add.b: expected a whole number from -2147483648 to 2147483647, found 2147483648"
      ),
      (
        "add", .array([.double(1.5), .integer(1)]),
        "add.a: expected a whole number from -2147483648 to 2147483647, found 1.5"
      ),
      ("echo", .array([.string("?")]), #"echo.data: expected bytes as Base64, found "?""#),
      (
        "shape", .array([.object([])]),
        "shape.shape: expected an object of one field of the union test.Shape: circle, dot, group, flag, inner, text, nothing"
      ),
      (
        "shape", .array([.object([.init("dot", .object([.init("y", .integer(1))]))])]),
        #"shape.shape.dot: "x" (double) is missing"#
      ),
      (
        "shape", .array([.object([.init("group", .array([.bool(true)]))])]),
        "shape.shape.group[0]: expected an object of the fields of test.Shape, found true"
      ),
      (
        "points", .array([.integer(1)]),
        "points.origins: expected an object, or an array of pairs, for map<string, shared.Point>, found 1"
      ),
      (
        "points", .array([.array([.array([.integer(1)])])]),
        "points.origins: expected pairs of key and value for map<string, shared.Point>, found an array"
      ),
      (
        "store",
        .array([.object([.init("place", .object([.init("x", .integer(1))])), .init("color", .string("PINK"))])]),
        #"store.everything.color: expected a member of shared.Color by name or number: RED (1), GREEN (2), BLUE (16), guard (-4); found "PINK""#
      ),
      (
        "store", .array([.object([.init("words", .array([.string("a"), .string("a")]))])]),
        "store.everything.words: a set has an element twice"
      ),
      ("store", .array([.object([.init("place", .null)])]), #"store.everything: "place" (shared.Point) is missing"#),
    ])
  func refused(_ name: String, _ plain: ThriftPlain, _ message: String) throws {
    let method = try method(name)
    let error = #expect(throws: ThriftError.self) { try Self.schema.get().arguments(plain, of: method) }
    #expect(error?.message == message)
  }

  @Test("that nest too deeply are refused")
  func depth() throws {
    var plain = ThriftPlain.object([.init("flag", .bool(true))])
    for _ in 0..<300 { plain = .object([.init("inner", plain)]) }
    let error = #expect(throws: ThriftError.self) { try Self.schema.get().structure(plain, as: "test.Shape") }
    #expect(error?.code == .limit)
  }

  @Test("are what a method answers: a value, nothing, or an exception by its name")
  func outcomes() throws {
    let schema = try Self.schema.get()
    let five = ThriftStruct([ThriftField(0, .i32(5))])
    #expect(try schema.outcome(five, of: method("add")) == .value(.integer(5)))
    #expect(try schema.outcome(ThriftStruct(), of: method("ping")) == .value(.null))
    let fields = ThriftStruct([ThriftField(1, .string("no")), ThriftField(2, .i32(77)), ThriftField(9, .i32(1))])
    let refused = ThriftStruct([ThriftField(1, .structure(fields))])
    let shown = ThriftPlain.object([.init("reason", .string("no")), .init("color", .integer(77))])
    #expect(try schema.outcome(refused, of: method("add")) == .exception("test.Refused", shown))
    #expect(throws: ThriftError.self) { try schema.outcome(ThriftStruct(), of: method("add")) }
    #expect(throws: ThriftError.self) {
      try schema.outcome(ThriftStruct([ThriftField(0, .string("5"))]), of: method("add"))
    }
  }
}
