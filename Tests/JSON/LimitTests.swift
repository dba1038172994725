import MusterJSON
import Testing

@Suite("The limits of parsing")
struct LimitTests {
  private func code(_ text: String, _ limits: JSON.Limits = .init()) -> JSONError.Code? {
    do {
      _ = try JSON(parsing: Array(text.utf8), limits: limits)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("refuse one byte more than allowed")
  func bytes() {
    #expect(code("[1]", .init(bytes: 3)) == nil)
    #expect(code("[1] ", .init(bytes: 3)) == .tooLarge)
    #expect(code("\"" + String(repeating: "x", count: 512 << 10) + "\"") == .tooLarge)
  }

  @Test("refuse one level more than allowed", arguments: [("[", "]"), ("{\"[\\\"{\":", "}"), ("[0,{\"a\":", "}]")])
  func depth(open: String, close: String) {
    let levels = open.filter { $0 == "[" || $0 == "{" }.count - (open.contains("\\") ? 2 : 0)
    let nested = { (count: Int) in
      String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
    }
    #expect(code(nested(32 / levels)) == nil)
    #expect(code(nested(32 / levels + 1)) == .tooDeep)
    #expect(code(nested(3), .init(depth: 3 * levels)) == nil)
    #expect(code(nested(3), .init(depth: 3 * levels - 1)) == .tooDeep)
  }

  @Test("refuse text that only opens, however long, and whatever depth is asked for")
  func bottomless() {
    #expect(code(String(repeating: "[", count: 500_000)) == .tooDeep)
    #expect(code(String(repeating: "{\"a\":", count: 100_000)) == .tooDeep)
    #expect(code(String(repeating: "[", count: 500_000), .init(depth: .max)) == .tooDeep)
    let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    #expect(code(deep, .init(depth: .max)) == nil)
    #expect(code("[\(deep)]", .init(depth: .max)) == .tooDeep)
  }

  @Test("count values, not keys and not what is inside strings")
  func values() {
    for (text, count) in [
      ("1", 1), ("[]", 1), ("[ ]", 1), ("[1]", 2), ("[1,2]", 3), ("{\"a\":1}", 2), ("{\"a\":{},\"b\":[[],\"],[\"]}", 5),
      ("\"[,,,,\\\",\"", 1),
    ] {
      #expect(code(text, .init(values: count)) == nil, "\(text)")
      #expect(code(text, .init(values: count - 1)) == .tooManyValues, "\(text)")
    }
    let ones = Array(repeating: "1", count: 19_999).joined(separator: ",")
    #expect(code("[\(ones)]") == nil)
    #expect(code("[\(ones),1]") == .tooManyValues)
  }

  @Test("are named in the message, with the place")
  func messages() {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: Array("[\n [[".utf8), limits: .init(depth: 2)) }
    #expect(error?.message == "more than 2 arrays and objects are inside each other at line 2, column 3")
  }
}
