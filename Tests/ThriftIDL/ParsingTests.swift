import MusterThriftIDL
import Testing

@Suite("A definition's text")
struct ParsingTests {
  @Test("gives its packages, includes and definitions in their order")
  func order() throws {
    let document = try ThriftDocument(
      """
      namespace * all; namespace py.twisted some.package (a = "b")
      include "one.thrift", include 'two/three.thrift'
      cpp_include "<map>"
      const i32 A = 1; typedef i32 B, enum C {} struct D {}; union E {} exception F {} service G {}
      """)
    #expect(document.namespaces.map(\.scope) == ["*", "py.twisted"])
    #expect(document.namespaces.map(\.name) == ["all", "some.package"])
    #expect(document.includes.map(\.path) == ["one.thrift", "two/three.thrift"])
    #expect(document.includes.last?.place == ThriftPlace(line: 2, column: 31))
    #expect(document.definitions.map(\.name) == ["A", "B", "C", "D", "E", "F", "G"])
  }

  @Test(
    "has numbers in every form",
    arguments: [
      ("0", ThriftLiteral.Kind.integer(0)), ("+7", .integer(7)), ("-7", .integer(-7)), ("0x1F", .integer(31)),
      ("-0xff", .integer(-255)), ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("1.5", .double(1.5)), ("-.5", .double(-0.5)), ("1e3", .double(1000)), ("1.5E-3", .double(0.0015)),
      ("+2.", .double(2)), ("007", .integer(7)),
    ])
  func numbers(_ text: String, _ kind: ThriftLiteral.Kind) throws {
    #expect(try literal(text) == kind)
  }

  @Test(
    "has texts in both quotes, with escapes",
    arguments: [
      (#""a'b""#, "a'b"), (#"'a"b'"#, "a\"b"), (#""a\"b""#, "a\"b"), (#"'a\'b'"#, "a'b"), (#""\n\r\t\\""#, "\n\r\t\\"),
      (#""""#, ""), (#""tëxt 🎈 // # /*""#, "tëxt 🎈 // # /*"),
    ])
  func texts(_ text: String, _ value: String) throws {
    #expect(try literal(text) == .string(value))
  }

  private func literal(_ text: String) throws -> ThriftLiteral.Kind? {
    guard case .constant(_, let value)? = try ThriftDocument("const i32 A = \(text)").definitions.first?.kind else {
      return nil
    }
    return value.kind
  }

  @Test("has comments of every kind anywhere, and those of definitions are kept")
  func comments() throws {
    let document = try ThriftDocument(
      """
      # one
      /**
       * What A is.
       *   Indented.
       */
      struct /* two */ A { // three
        /** a */ 1: /***/ i32 /**/ a /* * / ** */
        2: i32 b # four
      } /**/ struct B {} // five
      """)
    #expect(document.definitions.map(\.comment) == ["What A is.\n  Indented.", nil])
    guard case .structure(.structure, let fields)? = document.definitions.first?.kind else {
      Issue.record("A is no struct")
      return
    }
    #expect(fields.map(\.comment) == ["a", nil])
  }

  @Test("may begin with a mark, end lines in two ways, and is counted by characters")
  func places() throws {
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("struct A {}\r\n/* ë🎈 */ struct B {}".utf8)
    let document = try ThriftDocument(parsing: bytes, file: "a.thrift")
    #expect(document.definitions.last?.place == ThriftPlace(line: 2, column: 17))
  }

  @Test(
    "that is not valid is refused, not guessed", arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x00], [0xFF]])
  func encoding(_ bytes: [UInt8]) {
    let error = #expect(throws: ThriftIDLError.self) {
      try ThriftDocument(parsing: Array("const string A = ".utf8) + bytes, file: "a.thrift")
    }
    #expect(error?.place == ThriftPlace(line: 1, column: 18))
  }

  @Test("has annotations wherever Apache's grammar has them")
  func annotations() throws {
    let document = try ThriftDocument(
      """
      const i32 (a = "1") A = 1 (b = "2")
      typedef map<i32 (c), string (d = "4",)> (e = "5"; f = "6") B (g)
      enum C { X = 1 (h = "h") Y (i), } (j)
      struct D { 1: list<i32> (k) a = [] (l = "l", m.n = "o") } (p)
      service E { void f(1: i32 a (q)) throws (1: F f (r)) (s) } (t)
      """)
    #expect(document.definitions.map { $0.annotations.map(\.name) } == [["b"], ["g"], ["j"], ["p"], ["t"]])
    guard case .service(let service)? = document.definitions.last?.kind,
      case .structure(_, let fields) = document.definitions[3].kind,
      case .alias(let type) = document.definitions[1].kind
    else {
      Issue.record("the definitions are others")
      return
    }
    #expect(type.annotations.map(\.name) == ["e", "f"])
    #expect(
      fields.first?.annotations.map(\.name) == ["l", "m.n"] && fields.first?.type.annotations.first?.value == "1")
    #expect(service.methods.first?.annotations.map(\.name) == ["s"])
    #expect(service.methods.first?.exceptions.first?.annotations.map(\.name) == ["r"])
  }

  @Test("has fields without numbers, which count down from -1")
  func unnumbered() throws {
    let schema = try ThriftSchema("struct A { i32 a; required i32 b, 4: i32 c optional i32 & d }")
    let fields = schema.structures["test.A"]?.fields
    #expect(fields?.map(\.id) == [-1, -2, 4, -3] && fields?.map(\.name) == ["a", "b", "c", "d"])
  }

  @Test("may hold what only C++ needs")
  func cpp() throws {
    let schema = try ThriftSchema(
      #"struct A { 1: map cpp_type "M" <i32, list<i32> cpp_type "L"> a, 2: set cpp_type "S" <A> b }"#)
    #expect(schema.structures["test.A"]?.fields.map { "\($0.type)" } == ["map<i32, list<i32>>", "set<test.A>"])
  }

  @Test("with every construct is taken")
  func everything() throws {
    let document = try ThriftDocument(Sample.everything)
    #expect(document.definitions.count == 31 && document.includes.count == 1)
  }
}
