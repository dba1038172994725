/// Source text that grows by lines.
struct SwiftText {
  private(set) var text = ""
  private var depth = 0

  mutating func line(_ line: String = "") {
    if !line.isEmpty { text += String(repeating: "  ", count: depth) + line }
    text += "\n"
  }

  /// A line that ends with a brace, what is in it, and the brace that closes it; a closure may take something.
  mutating func block(_ head: String, taking name: String? = nil, _ body: (inout SwiftText) -> Void) {
    line("\(head) {" + (name.map { " \($0) in" } ?? ""))
    indented(body)
    line("}")
  }

  /// A line, and what belongs to it.
  mutating func branch(_ head: String, _ body: (inout SwiftText) -> Void) {
    line(head)
    indented(body)
  }

  private mutating func indented(_ body: (inout SwiftText) -> Void) {
    depth += 1
    body(&self)
    depth -= 1
  }

  /// A comment about what follows.
  mutating func comment(_ comment: String?) {
    for line in comment?.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) ?? [] {
      self.line(line.isEmpty ? "///" : "/// \(line)")
    }
  }
}
