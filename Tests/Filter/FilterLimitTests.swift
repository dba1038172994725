internal import MusterFilter
internal import Testing

@Suite("Filter limits")
struct FilterLimitTests {
  private func message(_ expression: String) -> String? {
    do {
      _ = try Filter(expression, schema: Sample.schema)
      return nil
    } catch {
      return error.message
    }
  }

  private let term = "Service.Port == 1"

  @Test("64 levels of parentheses are taken, 65 refused", arguments: [("(", ")"), ("not ", ""), ("not (", ")")])
  func nesting(open: String, close: String) {
    let levels = open == "not (" ? 32 : 64
    func nested(_ count: Int) -> String {
      String(repeating: open, count: count) + term + String(repeating: close, count: count)
    }
    #expect(message(nested(levels)) == nil)
    let column = levels * open.count + 1
    #expect(
      message(nested(levels + 1))
        == "filter, column \(column): more than 64 parentheses and \"not\"s within each other")
  }

  @Test("any depth that fits the length is refused in words", arguments: [65, 100, 1000, 2000, 8000])
  func depth(count: Int) {
    for open in ["(", "not ", "(not ", "not(", "((not not "] {
      let deep = String(String(repeating: open, count: count).prefix(8192))
      #expect(message(deep)?.hasSuffix("more than 64 parentheses and \"not\"s within each other") == true)
    }
  }

  @Test("parentheses beside each other are no depth")
  func breadth() {
    #expect(message((0..<200).map { _ in "(\(term))" }.joined(separator: " and ")) == nil)
  }

  @Test("8192 bytes are taken, 8193 refused")
  func length() {
    let room = 8192 - term.utf8.count
    #expect(message(term + String(repeating: " ", count: room)) == nil)
    #expect(
      message(term + String(repeating: " ", count: room + 1))
        == "filter: the expression has 8193 bytes; at most 8192 are allowed")
  }

  @Test("256 comparisons are taken, 257 refused", arguments: [" and ", " or "])
  func terms(joint: String) {
    func joined(_ count: Int) -> String {
      (0..<count).map { _ in "Checks is empty" }.joined(separator: joint)
    }
    #expect(message(joined(256)) == nil)
    #expect(message(joined(257)) == "filter, column \(256 * (15 + joint.count) + 1): more than 256 comparisons")
  }

  @Test("8 regular expressions are taken, 9 refused", arguments: ["Checks", "Checks.Status"])
  func regularExpressions(selector: String) {
    func joined(_ count: Int) -> String {
      (0..<count).map { _ in "\(selector) matches a" }.joined(separator: " or ")
    }
    #expect(message(joined(8)) == nil)
    #expect(message(joined(9)) == "filter, column \(9 * selector.count + 122): more than 8 regular expressions")
  }

  @Test("1024 bytes of regular expressions are taken, 1025 refused")
  func patternBytes() {
    func matching(_ bytes: Int) -> String {
      let (first, second) = (String(repeating: "a", count: 500), String(repeating: "b", count: bytes - 500))
      return "Checks matches \(first) or Checks matches \(second)"
    }
    #expect(message(matching(1024)) == nil)
    #expect(message(matching(1025)) == "filter, column 535: more than 1024 bytes of regular expressions")
  }

  @Test("16 names in a selector are looked up, 17 are unknown")
  func names() throws {
    let path = (0..<15).map { _ in "a" }.joined(separator: ".")
    let schema = FilterSchema<Int>([path: .map { _ in [] }])
    _ = try Filter("\(path).k is empty", schema: schema)
    #expect(throws: FilterError.self) { try Filter("\(path).k.k is empty", schema: schema) }
  }

  @Test("a regular expression that takes exponential time elsewhere takes none here")
  func linearTime() throws {
    let schema = FilterSchema<String>(["S": .string { $0 }])
    let filter = try Filter("S matches `^(a+)+$` or S matches `(a|a)*b$` or S contains `aaaab`", schema: schema)
    #expect(!filter.matches(String(repeating: "a", count: 200_000) + "c"))
  }

  @Test(
    "usual regular expressions fit the memory given",
    arguments: [
      #"^\pL[\pL\pN_.-]*$"#, #"^[a-z][\w.-]{0,62}$"#, #"^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$"#,
      #"(?i)^(alpha|beta|gamma)-v[0-9]+(\.[0-9]+){2}$"#,
      #"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"#, ".{200}",
    ])
  func usual(pattern: String) {
    #expect(message("Service.ID matches `\(pattern)`") == nil)
  }
}
