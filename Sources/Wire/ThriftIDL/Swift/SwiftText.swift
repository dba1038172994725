/// Source text that grows by lines.
struct SwiftText {
  private(set) var text = ""
  private var depth = 0

  mutating func line(_ line: String = "") {
    if !line.isEmpty { text += String(repeating: "  ", count: depth) + line }
    text += "\n"
  }

  /// A line that ends with a brace, what is in it, and the brace that closes it.
  mutating func block(_ head: String, _ body: (inout SwiftText) -> Void) {
    line("\(head) {")
    depth += 1
    body(&self)
    depth -= 1
    line("}")
  }

  /// A comment about what follows.
  mutating func comment(_ comment: String?) {
    for line in comment?.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) ?? [] {
      self.line(line.isEmpty ? "///" : "/// \(line)")
    }
  }
}
