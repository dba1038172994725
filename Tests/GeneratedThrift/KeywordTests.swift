import MusterThrift
import Testing

@Suite("Names that mean something else in Swift")
struct KeywordTests {
  @Test("are those of types and fields with an underscore, and work as any others")
  func types() throws {
    let text = String_(String: "a", Int32: [Int32_(), Int32_()])
    #expect(text.word == .default && "\(text.word)" == "default")
    #expect(try String_(text.structure()) == text)
    let error = Error_(description: "a", localizedDescription_: "b", _code_: "c")
    #expect(try Error_(error.structure()) == error)
    #expect(
      Word.allCases == [.none_, .default, .init_, .self_, .rawValue_, .allCases_, .description_, .RawValue_, .Type_])
  }

  @Test("may be those of fields and of their types")
  func fields() throws {
    let paint = Paint(
      Word: .default, Error: nil, PaintResult: .Word(.init_), WordField: [.self_], Shade: Shade(Word: [[.init_]]),
      Shades: [["a": [Shade(Word: [])]]])
    #expect(try Paint(paint.structure()) == paint)
    #expect(paint.Words?.rawValue == 0)
    let second = Paint(Word: .init_, PaintResult: .Int32(Int32_()))
    #expect(try Paint(second.structure()) == second)
  }

  @Test("are those of methods")
  func methods() {
    #expect(ServiceCalls.init_ == ThriftMethod("init") && ServiceCalls.func == ThriftMethod("func"))
    #expect(ServiceCalls.ArgumentsOfPaint(Paint: Paint(Word: .default, PaintResult: .Word(.default))).Word == .self_)
  }
}
