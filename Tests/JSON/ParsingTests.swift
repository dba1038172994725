import MusterJSON
import Testing

@Suite("Parsing JSON")
struct ParsingTests {
  @Test(
    "gives the value",
    arguments: [
      ("null", .null), (" true\n", .bool(true)), ("false", .bool(false)), ("0", .integer(0)), ("-0", .integer(0)),
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)), ("1.0", .number(1)),
      ("-2.5e-3", .number(-0.0025)), ("1e2", .number(100)), ("1e-999", .number(0)), ("\"\"", .string("")),
      ("\"a\\u0000b\"", .string("a\0b")), ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", .string("\"\\/\u{8}\u{C}\n\r\t")),
      ("\"\\u00e9é\\uD83D\\uDE00😀\"", .string("éé😀😀")), ("\"\u{7F}\u{2028}\"", .string("\u{7F}\u{2028}")),
      ("[]", .array([])), ("{}", .object([])), ("[ 1 , [ ] , null ]", .array([.integer(1), .array([]), .null])),
      ("{\"\": {}}", .object([.init(key: "", value: .object([]))])),
      (
        "{\"b\": 1, \"a\": \"x\"}",
        .object([.init(key: "b", value: .integer(1)), .init(key: "a", value: .string("x"))])
      ),
    ] as [(String, JSON)])
  func value(text: String, expected: JSON) throws {
    #expect(try JSON(parsing: Array(text.utf8)) == expected)
  }

  @Test("keeps the last of several members with one key")
  func duplicates() throws {
    let json = try JSON(parsing: Array("{\"a\": 1, \"b\": 2, \"a\": 3}".utf8))
    #expect(json["a"] == .integer(3))
    #expect(json.object?.count == 2)
  }

  @Test("finds members exactly by subscript, and as Go does by name")
  func members() throws {
    let json = try JSON(parsing: Array("{\"Name\": 1, \"name\": 2, \"NAME\": 3, \"Port\": 4, \"\u{212A}\": 5}".utf8))
    #expect(json["name"] == .integer(2))
    #expect(json["nAME"] == nil)
    #expect(json.member(named: "Name") == .integer(1))
    #expect(json.member(named: "nAME") == .integer(3))
    #expect(json.member(named: "PORT") == .integer(4))
    #expect(json.member(named: "Ports") == nil)
    // The Kelvin sign is another key than K, though Unicode calls the two equivalent.
    #expect(json["K"] == nil)
    #expect(json.member(named: "k") == nil)
    #expect(JSON.array([]).member(named: "a") == nil)
    #expect(JSON.null["a"] == nil)
  }

  @Test("gives each kind of value through its own property only")
  func accessors() {
    let values: [JSON] = [.null, .bool(true), .integer(1), .number(1), .string("1"), .array([.null]), .object([])]
    #expect(values.map(\.bool) == [nil, true, nil, nil, nil, nil, nil])
    #expect(values.map(\.integer) == [nil, nil, 1, nil, nil, nil, nil])
    #expect(values.map(\.string) == [nil, nil, nil, nil, "1", nil, nil])
    #expect(values.map(\.array) == [nil, nil, nil, nil, nil, [.null], nil])
    #expect(values.map(\.object) == [nil, nil, nil, nil, nil, nil, []])
  }
}
