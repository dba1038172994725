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
  /// Regular expressions.
  static let regularExpressions = 8
  /// Bytes of all regular expressions: RE2 spends some 0.1 ms on each class such as `\pL`.
  static let patternBytes = 1024
  /// Bytes for the program and match cache of one regular expression.
  ///
  /// One that uses it all, about 13,000 instructions, takes RE2 13 ms to compile.
  static let regularExpressionMemory: Int64 = 256 * 1024
}
