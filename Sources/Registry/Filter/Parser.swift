/// Reads an expression by recursive descent; recursion is bounded by the nesting limit.
struct Parser {
  private var lexer: Lexer
  private(set) var token: Token
  private var nesting = 0
  private var terms = 0

  init(_ expression: String) throws(FilterError) {
    lexer = try Lexer(expression)
    token = try lexer.next()
  }

  /// The whole expression.
  mutating func parse() throws(FilterError) -> Expression {
    let expression = try disjunction()
    guard token.kind == .end else { throw expected("\"and\", \"or\" or the end") }
    return expression
  }

  private mutating func disjunction() throws(FilterError) -> Expression {
    var parts = [try conjunction()]
    while try accept("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(FilterError) -> Expression {
    var parts = [try term()]
    while try accept("and") { parts.append(try term()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func term() throws(FilterError) -> Expression {
    let start = token
    if try accept("not") {
      try descend(from: start)
      defer { nesting -= 1 }
      return .not(try term())
    }
    guard token.kind == .open else { return .comparison(try countedComparison()) }
    try descend(from: start)
    defer { nesting -= 1 }
    try advance()
    let expression = try disjunction()
    guard token.kind == .close else {
      throw expected("\"and\", \"or\" or the \")\" for the \"(\" at column \(start.column)")
    }
    try advance()
    return expression
  }

  private mutating func countedComparison() throws(FilterError) -> Comparison {
    guard terms < FilterLimits.terms else {
      throw FilterError(.tooLarge, "more than \(FilterLimits.terms) comparisons", at: token.column)
    }
    terms += 1
    return try comparison()
  }

  private mutating func descend(from start: Token) throws(FilterError) {
    guard nesting < FilterLimits.nesting else {
      throw FilterError(
        .tooLarge, "more than \(FilterLimits.nesting) parentheses and \"not\"s within each other", at: start.column)
    }
    nesting += 1
  }

  mutating func advance() throws(FilterError) {
    token = try lexer.next()
  }

  /// Steps over `keyword` where it is next.
  mutating func accept(_ keyword: String) throws(FilterError) -> Bool {
    guard token.isKeyword(keyword) else { return false }
    try advance()
    return true
  }

  func expected(_ what: String) -> FilterError {
    let advice = token.isKeywordInCapitals ? "; keywords are lower case" : ""
    return FilterError(.syntax, "expected \(what), found \(token.description)\(advice)", at: token.column)
  }
}
