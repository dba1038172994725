/// Reads a file by recursive descent, one token ahead.
struct ThriftParser {
  private var lexer: ThriftLexer
  let limits: ThriftIDLLimits
  private(set) var token: ThriftToken
  private var parts = 0
  private var depth = 0

  init(_ bytes: [UInt8], limits: ThriftIDLLimits) throws(ThriftIDLError) {
    guard bytes.count <= limits.fileSize else {
      throw ThriftIDLError(.limit, "the file has \(bytes.count) bytes; at most \(limits.fileSize) are allowed")
    }
    self.limits = limits
    lexer = ThriftLexer(bytes)
    token = try lexer.next()
  }

  // MARK: Steps

  mutating func advance() throws(ThriftIDLError) {
    token = try lexer.next()
  }

  func refusal(_ expected: String) -> ThriftIDLError {
    ThriftIDLError(.syntax, "expected \(expected), found \(token.name)", at: token.place)
  }

  func isNext(_ symbol: Character) -> Bool {
    token.kind == .symbol(symbol.asciiValue ?? 0)
  }

  func isNext(word: String) -> Bool {
    token.kind == .identifier(word)
  }

  /// Passes a symbol if it is next; whether it was.
  mutating func accept(_ symbol: Character) throws(ThriftIDLError) -> Bool {
    guard isNext(symbol) else { return false }
    try advance()
    return true
  }

  /// Passes a word if it is next; whether it was.
  mutating func accept(word: String) throws(ThriftIDLError) -> Bool {
    guard isNext(word: word) else { return false }
    try advance()
    return true
  }

  mutating func expect(_ symbol: Character, or other: String? = nil) throws(ThriftIDLError) {
    guard try accept(symbol) else { throw refusal(other.map { "\($0) or '\(symbol)'" } ?? "'\(symbol)'") }
  }

  /// Passes `,` or `;` if there is one.
  mutating func acceptSeparator() throws(ThriftIDLError) {
    if try accept(",") { return }
    _ = try accept(";")
  }

  /// Passes a word that may have points in it.
  mutating func path(_ what: String) throws(ThriftIDLError) -> String {
    guard case .identifier(let name) = token.kind else { throw refusal(what) }
    try advance()
    return name
  }

  /// Passes a name that a definition, field, member or method gets.
  mutating func name(_ what: String) throws(ThriftIDLError) -> String {
    guard case .identifier(let name) = token.kind, !Self.keywords.contains(name), !name.utf8.contains(0x2E) else {
      throw refusal(what)
    }
    try advance()
    return name
  }

  mutating func text(_ what: String) throws(ThriftIDLError) -> String {
    guard case .string(let text) = token.kind else { throw refusal(what) }
    try advance()
    return text
  }

  // MARK: Limits

  /// Counts something that takes memory.
  mutating func count() throws(ThriftIDLError) {
    parts += 1
    guard parts > limits.partCount else { return }
    throw ThriftIDLError(
      .limit, "the file has more definitions, fields, types and values than the \(limits.partCount) allowed",
      at: token.place)
  }

  /// Begins a type or value that may have others in it; ``leave()`` ends it.
  mutating func enter() throws(ThriftIDLError) {
    try count()
    guard depth < limits.depth else {
      throw ThriftIDLError(
        .limit, "types and values nest deeper here than the \(limits.depth) allowed", at: token.place)
    }
    depth += 1
  }

  mutating func leave() {
    depth -= 1
  }

  /// Words that are no names.
  private static let keywords: Set<String> = [
    "namespace", "include", "cpp_include", "const", "typedef", "enum", "senum", "struct", "union", "exception",
    "service", "extends", "throws", "oneway", "void", "required", "optional", "bool", "byte", "i8", "i16", "i32", "i64",
    "double", "string", "binary", "slist", "list", "set", "map", "true", "false",
  ]
}
