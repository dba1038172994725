import MusterJSON
import Testing

@Suite("Text that is not JSON")
struct BadInputTests {
  @Test(
    "is refused with what is wrong and where",
    arguments: [
      ("", .malformed, "the text is empty"), (" ", .malformed, "end of file"), ("\n\n", .malformed, "line 3"),
      ("nul", .malformed, "'nul'"), ("NULL", .malformed, "'NULL'"), ("True", .malformed, "'True'"),
      ("undefined", .malformed, "'undefined'"), ("NaN", .malformed, "'NaN'"), ("Infinity", .malformed, "'Infinity'"),
      ("-", .malformed, "'-'"), ("+1", .malformed, "a value expected near '+1'"), ("-a", .malformed, "number '-a'"),
      (".5", .malformed, "'.5'"),
      ("5.", .malformed, "'5.'"), ("01", .malformed, "number '01'"), ("-01", .malformed, "number '-01'"),
      ("0x10", .malformed, "number '0x10'"),
      ("1e", .malformed, "'1e'"), ("1e+", .malformed, "'1e+'"), ("1.e5", .malformed, "'1.e5'"),
      ("1_000", .malformed, "'1_000'"),
      ("1,5", .malformed, "end of file expected near ','"), ("1 2", .malformed, "end of file expected near '2'"),
      ("{}{}", .malformed, "line 1, column 3"), ("[]]", .malformed, "end of file expected near ']'"),
      ("null\0", .malformed, "zero byte at line 1, column 5"), ("\0", .malformed, "line 1, column 1"),
      ("[1\0,2]", .malformed, "zero byte"), ("{\"a\"\0:1}", .malformed, "zero byte"), ("1 \0", .malformed, "zero byte"),
      ("[", .malformed, "']' expected near end of file"), ("[1", .malformed, "']' expected near end of file"),
      ("[1,", .malformed, "near end of file"), ("[1,]", .malformed, "a value expected near ']'"),
      ("[,1]", .malformed, "near ','"), ("[1 2]", .malformed, "']' expected near '2'"), ("]", .malformed, "near ']'"),
      ("[1}", .malformed, "']' expected near '}'"), ("[\n1,\n2 x]", .malformed, "line 3"),
      ("{", .malformed, "near end of file"), ("{1: 2}", .malformed, "string or '}' expected near '1'"),
      ("{a: 2}", .malformed, "near 'a'"), ("{'a': 2}", .malformed, "near '''"),
      ("{\"a\"}", .malformed, "':' expected near '}'"),
      ("{\"a\" 1}", .malformed, "':' expected near '1'"), ("{\"a\":}", .malformed, "a value expected near '}'"),
      ("{\"a\":1,}", .malformed, "expected near '}' at line 1, column 8"),
      ("{\"a\":1 \"b\":2}", .malformed, "'}' expected near '\"b\"'"),
      ("{\"a\":1", .malformed, "'}' expected near end of file"), ("}", .malformed, "near '}'"),
      ("//", .malformed, "'/'"),
      ("[1] // one", .malformed, "end of file expected near '/'"), ("/* */ 1", .malformed, "'/'"),
      ("{\"a\u{1}b\": 1}", .malformed, "control character 0x1"), ("\"", .malformed, "premature end of input"),
      ("\"a", .malformed, "premature end of input"), ("\"a\\", .malformed, "premature end of input"),
      ("\"a\\\"", .malformed, "premature end of input"), ("\"\\x41\"", .malformed, "invalid escape"),
      ("\"\\u12\"", .malformed, "invalid escape"), ("\"\\u12G4\"", .malformed, "invalid escape"),
      ("\"\\U0041\"", .malformed, "invalid escape"), ("\"\\uD800\"", .malformed, "invalid Unicode '\\uD800'"),
      ("\"\\uDC00\"", .malformed, "invalid Unicode '\\uDC00'"), ("\"\\uD800\\u0041\"", .malformed, "invalid Unicode"),
      ("\"a\nb\"", .malformed, "unexpected newline"), ("\"a\tb\"", .malformed, "control character 0x9"),
      ("\"a\u{1}b\"", .malformed, "control character 0x1"), ("\"\0\"", .malformed, "control character 0x0"),
      ("'a'", .malformed, "'''"), ("\u{FEFF}1", .malformed, "line 1, column 1"), ("\u{A0}1", .malformed, "column 1"),
      ("\u{1B}[2J", .malformed, "\u{FFFD}"), ("９", .malformed, "line 1"),
      ("9223372036854775808", .numberOutOfRange, "integers are from -9223372036854775808 to 9223372036854775807"),
      ("-9223372036854775809", .numberOutOfRange, "too big negative integer"),
      ("[1, 123456789012345678901234567890]", .numberOutOfRange, "too big integer"),
      ("[\"é\",\n \"é\", é]", .malformed, "a value expected near 'é' at line 2, column 7"),
      ("{\"\\u\": 1}", .malformed, "invalid escape near '\\u\": 1' at line 1, column 3"),
      ("[\"\\u+123\"]", .malformed, "invalid escape"), ("[\"\\uD800\\uD800\"]", .malformed, "half of a surrogate pair"),
      ("[truefalse]", .malformed, "near 'truefalse'"), ("[true false]", .malformed, "',' or ']' expected near 'false'"),
      ("18446744073709551615", .numberOutOfRange, "too big integer"),
      ("-\(String(repeating: "9", count: 400))", .numberOutOfRange, "99…"),
      ("1e309", .numberOutOfRange, "numbers are at most"), ("-1.5E+999", .numberOutOfRange, "numbers are at most"),
    ] as [(String, JSONError.Code, String)])
  func text(text: String, code: JSONError.Code, fragment: String) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: Array(text.utf8)) }
    #expect(error?.code == code)
    #expect(error?.message.contains(fragment) == true, "\(error?.message ?? "no error")")
  }

  @Test(
    "is refused if it is not UTF-8",
    arguments: [
      [0xFF], [0x80], [0xC0, 0xAF], [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x80, 0x80, 0xAF], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE],
    ] as [[UInt8]])
  func notUTF8(bytes: [UInt8]) {
    let quoted = Array("{\"a\": \"".utf8) + bytes + Array("\"}".utf8)
    for text in [bytes, quoted] {
      let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
      #expect(error?.code == .invalidUTF8)
      #expect(error?.message.contains("the text is not UTF-8: unable to decode byte 0x") == true)
      #expect(error?.message.contains("line 1") == true)
    }
  }

  @Test("is refused with a message without control characters and of modest length")
  func messages() {
    for byte in 0...255 as ClosedRange<UInt8> {
      for text in [[byte], [byte, byte, 0x22], Array("[\"".utf8) + [byte], Array(repeating: byte, count: 1000)] {
        guard let message = Self.message(of: text) else { continue }
        #expect(message.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        #expect(message.utf8.count < 300)
      }
    }
  }

  private static func message(of text: [UInt8]) -> String? {
    do {
      _ = try JSON(parsing: text)
      return nil
    } catch {
      return error.message
    }
  }
}
