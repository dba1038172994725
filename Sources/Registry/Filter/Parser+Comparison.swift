extension Parser {
  /// `selector operator value`, `selector is empty`, or `value in selector`.
  mutating func comparison() throws(FilterError) -> Comparison {
    let first = token
    switch first.kind {
    case .word, .quoted, .number: try advance()
    default: throw expected("a selector or a value")
    }
    let (operation, valueFirst) = try operation()
    if valueFirst {
      let selector = try selector(from: token)
      try advance()
      return Comparison(selector: selector, operation: operation, value: try literal(from: first))
    }
    let selector = try selector(from: first)
    guard operation.question != .empty else {
      return Comparison(selector: selector, operation: operation, value: Literal(text: "", column: operation.column))
    }
    let value = try literal(from: token)
    try advance()
    return Comparison(selector: selector, operation: operation, value: value)
  }

  /// Reads an operator, and says whether the value stands before it and the selector after it.
  private mutating func operation() throws(FilterError) -> (Operation, valueFirst: Bool) {
    let column = token.column
    func made(_ question: Operation.Question, _ spelling: String, negated: Bool = false) -> Operation {
      Operation(question: question, negated: negated, spelling: spelling, column: column)
    }
    if token.kind == .equal || token.kind == .notEqual {
      let negated = token.kind == .notEqual
      try advance()
      return (made(.equal, negated ? "!=" : "==", negated: negated), false)
    }
    if try accept("is") {
      let negated = try accept("not")
      guard try accept("empty") else { throw expected(negated ? "\"empty\"" : "\"empty\" or \"not empty\"") }
      return (made(.empty, negated ? "is not empty" : "is empty", negated: negated), false)
    }
    let negated = try accept("not")
    let prefix = negated ? "not " : ""
    if try accept("in") { return (made(.contains, prefix + "in", negated: negated), true) }
    if try accept("contains") { return (made(.contains, prefix + "contains", negated: negated), false) }
    if try accept("matches") { return (made(.matches, prefix + "matches", negated: negated), false) }
    throw expected(
      negated
        ? "\"in\", \"contains\" or \"matches\" after \"not\""
        : "an operator (==, !=, in, contains, matches, is empty, or one of them with not)")
  }

  private func selector(from token: Token) throws(FilterError) -> Selector {
    switch token.kind {
    case .word(let names):
      return Selector(names: names, column: token.column)
    case .quoted(let text) where text.first == "/":
      return Selector(names: pointerNames(text), column: token.column)
    default:
      throw FilterError(
        .syntax,
        "expected a selector such as Service.Meta[\"key\"] or \"/Service/Meta/key\", found \(token.description)",
        at: token.column)
    }
  }

  /// A JSON pointer's names; in them `~1` stands for a slash and `~0` for a tilde.
  private func pointerNames(_ pointer: String) -> [String] {
    pointer.unicodeScalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
      var name = String.UnicodeScalarView()
      var escaping = false
      for scalar in part {
        switch (escaping, scalar) {
        case (true, "0"): escaping = false
        case (true, "1"):
          name.removeLast()
          name.append("/")
          escaping = false
        default:
          name.append(scalar)
          escaping = scalar == "~"
        }
      }
      return String(name)
    }
  }

  private func literal(from token: Token) throws(FilterError) -> Literal {
    switch token.kind {
    case .word(let names): return Literal(text: names.joined(separator: "."), column: token.column)
    case .quoted(let text), .number(let text): return Literal(text: text, column: token.column)
    default: throw FilterError(.syntax, "expected a value, found \(token.description)", at: token.column)
    }
  }
}
