/// A parsed expression, not yet tied to a schema.
enum Expression {
  indirect case not(Expression)
  case all([Expression])
  case any([Expression])
  case comparison(Comparison)
}

/// One selector, its operator, and the value that most operators take.
struct Comparison {
  var selector: Selector
  var operation: Operation
  var value: Literal
}

/// The names that lead to a field.
struct Selector {
  var names: [String]
  var column: Int

  /// The names as a person would write them, for messages.
  var text: String { names.joined(separator: ".") }
}

/// A value of the expression, always text until its selector's kind is known; empty for `is empty`.
struct Literal {
  var text: String
  var column: Int
}

/// What a comparison asks, and how it was written.
struct Operation {
  enum Question { case equal, contains, matches, empty }

  var question: Question
  var negated = false
  var spelling: String
  var column: Int
}
