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
      ("{\"a\\u0000b\\n\": 1}", .object([.init(key: "a\0b\n", value: .integer(1))])),
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
    // Alike in Unicode's eyes, and alike in length, first and last letter: none of these are the same key.
    let alike = try JSON(parsing: Array("{\"\u{E9}\": 1, \"e\u{301}\": 2, \"abc\": 3, \"adc\": 4, \"\": 5}".utf8))
    #expect(alike.object?.compactMap(\.value.integer) == [1, 2, 3, 4, 5])
  }

  @Test("keeps the last of several members with one key, of however many", arguments: [2, 32, 33, 5_000])
  func manyDuplicates(count: Int) throws {
    let members = (0..<count).map { "\"key \($0 * 7 % (count - 1))\": \($0)" }
    let json = try JSON(parsing: Array("{\(members.joined(separator: ","))}".utf8))
    #expect(json.object?.count == count - 1)
    #expect(json["key \((count - 1) * 7 % (count - 1))"] == .integer(Int64(count - 1)))
    #expect(json.object?.first?.key == "key 0")
  }

  @Test("of a long text does not disturb the next one")
  func sizes() throws {
    for count in [1, 100_000, 2, 300_000, 40_000, 3] {
      let text = String(repeating: "é", count: count / 2) + "\\n"
      let json = try JSON(parsing: Array("[\"\(text)\", \(count)]".utf8))
      #expect(json == .array([.string(String(repeating: "é", count: count / 2) + "\n"), .integer(Int64(count))]))
    }
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
