import MusterJSON
import Testing

@Suite("Writing JSON")
struct WriterTests {
  private func written(pretty: Bool = false, _ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(pretty: pretty)
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test(
    "escapes what RFC 8259 asks for and nothing else",
    arguments: [
      ("", ""), ("plain", "plain"), ("\"", "\\\""), ("\\", "\\\\"), ("/", "/"), ("\n\r\t", "\\n\\r\\t"),
      ("\0", "\\u0000"), ("\u{8}\u{C}\u{B}", "\\u0008\\u000c\\u000b"), ("\u{1F}\u{10}", "\\u001f\\u0010"),
      ("\u{7F} ", "\u{7F} "), ("é😀\u{2028}<&>", "é😀\u{2028}<&>"), ("\"\"\"", "\\\"\\\"\\\""),
      ("12345678\"", "12345678\\\""), ("1234567\"", "1234567\\\""), ("\n1234567890123456", "\\n1234567890123456"),
      ("say \"hi\" to\n\\everyone\\ here", "say \\\"hi\\\" to\\n\\\\everyone\\\\ here"),
    ])
  func escapes(text: String, escaped: String) {
    #expect(written { $0.string(text) } == "\"\(escaped)\"")
    #expect(written { writer in writer.object { $0.field(text, text) } } == "{\"\(escaped)\":\"\(escaped)\"}")
  }

  @Test("escapes each character at each place of a word")
  func everyPlace() throws {
    for scalar in 0..<256 as Range<UInt32> {
      guard let scalar = Unicode.Scalar(scalar) else { continue }
      for place in 0..<20 {
        let text =
          String(repeating: "a", count: place) + String(scalar) + String(repeating: "\u{21}", count: 20 - place)
        let bytes = Array(written { $0.string(text) }.utf8)
        #expect(bytes.allSatisfy { $0 >= 0x20 })
        #expect(try JSON(parsing: bytes) == .string(text))
      }
    }
  }

  @Test("writes the numbers, literals and nothing for what JSON can't express")
  func scalars() {
    #expect(written { $0.integer(Int64.min) } == "-9223372036854775808")
    #expect(written { $0.integer(UInt64.max) } == "18446744073709551615")
    #expect(written { $0.integer(UInt8(0)) } == "0")
    #expect(written { $0.integer(-10) } == "-10")
    #expect(written { $0.integer(Int128.max) } == "170141183460469231731687303715884105727")
    #expect(written { $0.number(0.1) } == "0.1")
    #expect(written { $0.number(-1e300) } == "-1e+300")
    #expect(written { $0.number(.nan) } == "null")
    #expect(written { $0.number(-.infinity) } == "null")
    #expect(written { $0.bool(true) } == "true")
    #expect(written { $0.bool(false) } == "false")
    #expect(written { $0.null() } == "null")
  }

  @Test("sets commas between elements and members")
  func commas() {
    let text = written { writer in
      writer.array { writer in
        writer.object { _ in }
        writer.array { _ in }
        writer.object { writer in
          writer.field("name", "web")
          writer.field("port", 8080)
          writer.field("index", UInt64.max)
          writer.field("ok", true)
          writer.key("tags")
          writer.array { writer in
            writer.string("a")
            writer.null()
          }
          writer.key("meta")
          writer.object { $0.field("k", "v") }
        }
        writer.integer(1)
      }
    }
    #expect(
      text
        == #"[{},[],{"name":"web","port":8080,"index":18446744073709551615,"ok":true,"tags":["a",null],"meta":{"k":"v"}},1]"#
    )
  }

  @Test("indents by four spaces when it is to be pretty")
  func pretty() throws {
    let source = #"[{"Name":"web","Tags":["a","b"],"Meta":{},"Checks":[],"Weights":{"Passing":1}},[[]],null]"#
    let json = try JSON(parsing: Array(source.utf8))
    #expect(
      written(pretty: true) { $0.value(json) } == """
        [
            {
                "Name": "web",
                "Tags": [
                    "a",
                    "b"
                ],
                "Meta": {},
                "Checks": [],
                "Weights": {
                    "Passing": 1
                }
            },
            [
                []
            ],
            null
        ]
        """)
    #expect(written(pretty: true) { $0.value(.array([])) } == "[]")
    #expect(written(pretty: true) { $0.string("x") } == "\"x\"")
  }

  @Test("writes keys that are literals like others, whatever is in them")
  func literalKeys() {
    let literal = written { writer in
      writer.object {
        $0.field("a", 1)
        $0.field("", true)
        $0.field("é \"12345678901234567890\"\n", "x")
        $0.key("\u{1}")
        $0.null()
      }
    }
    let keys = ["a", "", "é \"12345678901234567890\"\n", "\u{1}"]
    let dynamic = written { writer in
      writer.object {
        $0.field(keys[0], 1)
        $0.field(keys[1], true)
        $0.field(keys[2], "x")
        $0.key(keys[3])
        $0.null()
      }
    }
    #expect(literal == dynamic)
    #expect(literal == #"{"a":1,"":true,"é \"12345678901234567890\"\n":"x","\u0001":null}"#)
  }

  @Test("writes a passage again as it would be written a second time", arguments: [false, true])
  func passages(pretty: Bool) {
    func text(repeats: Bool) -> String {
      written(pretty: pretty) { writer in
        // Members, elements and a key's value, each as the first and as a later one.
        var (members, elements, value): (JSONWriter.Passage?, JSONWriter.Passage?, JSONWriter.Passage?)
        func write(_ passage: inout JSONWriter.Passage?, _ writer: inout JSONWriter, _ body: (inout JSONWriter) -> Void)
        {
          if repeats, let passage { writer.write(again: passage) } else { passage = writer.passage(body) }
        }
        writer.array { writer in
          for round in 0..<6 {
            writer.object { writer in
              if round % 2 == 1 { writer.field("first", round) }
              write(&members, &writer) {
                $0.field("a", "\"")
                $0.key("b")
                $0.array { $0.integer(1) }
              }
              writer.key("value")
              write(&value, &writer) { writer in writer.object { $0.field("x", 1) } }
              writer.key("list")
              writer.array { writer in
                if round > 2 { writer.null() }
                write(&elements, &writer) {
                  $0.bool(true)
                  $0.object { _ in }
                }
              }
            }
          }
        }
      }
    }
    #expect(text(repeats: true) == text(repeats: false))
    #expect(text(repeats: true).contains(pretty ? "\"b\": [" : "\"b\":["))
  }

  @Test("gives the same text however much room was made", arguments: [-1, 0, 1, 255, 100_000])
  func growth(capacity: Int) {
    var writer = JSONWriter(reserving: capacity)
    writer.reserve(capacity)
    let text = String(repeating: "0123456789\n", count: 200)
    writer.array { writer in
      for index in 0..<50 { writer.string(String(text.prefix(index * 7))) }
      for value in [0, 9, 10, 99, 100, -1, Int64.max, .min] { writer.integer(value) }
    }
    let strings = (0..<50).map { "\"" + text.prefix($0 * 7).replacing("\n", with: "\\n") + "\"" }
    let numbers = ["0", "9", "10", "99", "100", "-1", "9223372036854775807", "-9223372036854775808"]
    #expect(writer.bytes == Array("[\((strings + numbers).joined(separator: ","))]".utf8))
  }

  @Test("passes on an error of the body")
  func errors() {
    struct Stop: Error, Equatable {}
    var writer = JSONWriter()
    #expect(throws: Stop()) { try writer.object { _ in throw Stop() } }
    #expect(throws: Stop()) { try writer.array { _ in throw Stop() } }
  }
}
