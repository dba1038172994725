import MusterThriftIDL
import Testing

@Suite("Definitions that are wrong")
struct BadFileTests {
  @Test("are refused with the place and what was expected", arguments: BadFile.all)
  func refused(_ file: BadFile) {
    let error = #expect(throws: ThriftIDLError.self) { try ThriftSchema(file.text) }
    #expect(error?.description == "test.thrift:\(file.message)")
  }

  @Test("because of a file that is included are refused there")
  func included() {
    let error = #expect(throws: ThriftIDLError.self) {
      try ThriftSchema("include \"other.thrift\"", ["other.thrift": "struct A {\n  oops\n}"])
    }
    #expect(error?.description == "other.thrift:3:1: expected a name, found '}'")
  }

  @Test("in a constant of another file are refused there, however they are come upon")
  func constants() {
    let other = "typedef list<i32> L\nconst string A = 'a'\nstruct S { 1: i32 a = 'x' }"
    for text in ["const i32 B = other.A", "const other.S B = {}"] {
      let error = #expect(throws: ThriftIDLError.self) {
        try ThriftSchema("include \"other.thrift\"\n" + text, ["other.thrift": other])
      }
      #expect(error?.file == "other.thrift")
    }
  }

  @Test("because a file is not there, or includes itself, are refused at the include")
  func includes() {
    let missing = #expect(throws: ThriftIDLError.self) { try ThriftSchema("\n include \"other.thrift\"") }
    #expect(missing?.description == "test.thrift:2:10: 'other.thrift' is not there")
    let files = ["a.thrift": "include \"b.thrift\"", "b.thrift": "include \"a.thrift\""]
    let circle = #expect(throws: ThriftIDLError.self) { try ThriftSchema("include \"a.thrift\"", files) }
    #expect(
      circle?.description
        == "b.thrift:1:9: the file includes itself: a.thrift includes b.thrift includes a.thrift")
    #expect(circle?.code == .include)
    let twins = #expect(throws: ThriftIDLError.self) {
      try ThriftSchema("include \"a.thrift\" include \"x/a.thrift\"", ["a.thrift": "", "x/a.thrift": ""])
    }
    #expect(twins?.message == "'x/a.thrift' and 'a.thrift' both call their definitions 'a.…'")
  }

  @Test("by their size, nesting and number are refused")
  func limits() {
    check(String(repeating: " ", count: 101), ThriftIDLLimits(fileSize: 100), "the file has 101 bytes")
    let deep = String(repeating: "list<", count: 65) + "i32" + String(repeating: ">", count: 65)
    check("typedef \(deep) A", ThriftIDLLimits(), "types and values nest deeper here than the 64 allowed")
    let brackets = String(repeating: "[", count: 100_000)
    check("const i32 A = \(brackets)", ThriftIDLLimits(), "types and values nest deeper here than the 64 allowed")
    check("enum E { A, B, C }", ThriftIDLLimits(partCount: 3), "the file has more definitions")
    let chain = (1...80).map { "typedef list<A\($0 - 1)> A\($0)" }.joined(separator: "\n")
    check("typedef i32 A0\n\(chain)", ThriftIDLLimits(), "the type nests 65 deep")
    let doubling = (1...40).map { "typedef map<A\($0 - 1), A\($0 - 1)> A\($0)" }.joined(separator: "\n")
    check("typedef i32 A0\n\(doubling)", ThriftIDLLimits(), "the type nests 10 deep and has 1023 parts")
    let values = (1...20).map { "const T\($0) A\($0) = [A\($0 - 1), A\($0 - 1), A\($0 - 1), A\($0 - 1)]" }
    let types = (1...20).map { "typedef list<T\($0 - 1)> T\($0)" }
    let text = "typedef i32 T0\nconst T0 A0 = 1\n" + (types + values).joined(separator: "\n")
    check(text, ThriftIDLLimits(partCount: 10_000), "values nest deeper than 64, or there are more than 10000")
    check("struct S { 1: S s = {} }", ThriftIDLLimits(), "values nest deeper than 64")
    let services = (1...70).map { "service S\($0) extends S\($0 - 1) {}" }.joined(separator: "\n")
    check("service S0 {}\n\(services)", ThriftIDLLimits(), "services extend each other in a chain of more than 64")
    let unnumbered = String(repeating: "i32 a ", count: 32_769)
    check("struct S { \(unnumbered) }", ThriftIDLLimits(), "there are more than 32768 fields without a number")
  }

  private func check(_ text: String, _ limits: ThriftIDLLimits, _ message: String) {
    let error = #expect(throws: ThriftIDLError.self) { try ThriftSchema(text, limits: limits) }
    #expect(error?.code == .limit && error?.message.hasPrefix(message) == true, "\(String(describing: error))")
  }

  @Test("in a chain or number of files that is too long are refused")
  func fileLimits() {
    var files: [String: String] = [:]
    for number in 0..<100 { files["f\(number).thrift"] = "include \"f\(number + 1).thrift\"" }
    let deep = #expect(throws: ThriftIDLError.self) { try ThriftSchema("include \"f0.thrift\"", files) }
    #expect(deep?.message == "files include each other in a chain of more than 64")
    let wide = (0..<20).map { "include \"g\($0).thrift\"" }.joined(separator: "\n")
    for number in 0..<20 { files["g\(number).thrift"] = "" }
    let many = #expect(throws: ThriftIDLError.self) { try ThriftSchema(wide, files, limits: .init(fileCount: 10)) }
    #expect(many?.message == "more files are included than the 10 allowed")
  }

  @Test("that would be two Swift types of one name are refused by the generator")
  func twins() throws {
    let schema = try ThriftSchema("include \"other.thrift\"\nstruct A {}", ["other.thrift": "struct A {}"])
    let error = #expect(throws: ThriftIDLError.self) { try SwiftGenerator(schema) }
    #expect(
      error?.description
        == "test.thrift: the Swift type 'A' would stand for two definitions, in 'other.thrift' and in 'test.thrift'")
  }
}
