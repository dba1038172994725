/// What one expression may cost; it comes from outside with every request.
enum FilterLimits {
  /// Bytes of the expression.
  static let bytes = 8192
  /// Parentheses and `not`s within each other: the parser recurses on these alone.
  static let nesting = 64
  /// Comparisons.
  static let terms = 256
  /// Names in one selector.
  static let selectorNames = 16
  /// Regular expressions, and the bytes for the program and match cache of each: 8 MB for an expression at most.
  static let regularExpressions = 8
  static let regularExpressionBytes: Int64 = 1024 * 1024
}
