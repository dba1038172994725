/// Why a filter expression was refused.
public struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of a refusal.
  public struct Code: Hashable, Sendable {
    private enum Kind { case syntax, unknownSelector, unsuitableOperator, unsuitableValue, regularExpression, tooLarge }
    private let kind: Kind

    /// The text is not an expression of the language.
    public static let syntax = Code(kind: .syntax)
    /// A selector names nothing that the filtered value has.
    public static let unknownSelector = Code(kind: .unknownSelector)
    /// An operator does not apply to the kind of its selector.
    public static let unsuitableOperator = Code(kind: .unsuitableOperator)
    /// A value can't be one of its selector's, such as a word for a port.
    public static let unsuitableValue = Code(kind: .unsuitableValue)
    /// The value of `matches` is not a regular expression, or one that needs too much memory.
    public static let regularExpression = Code(kind: .regularExpression)
    /// The expression is longer, deeper or has more parts than allowed.
    public static let tooLarge = Code(kind: .tooLarge)
  }

  /// The kind of the refusal.
  public let code: Code
  /// A sentence for a person: where, what was found, and what was expected.
  public let message: String

  /// The message.
  public var description: String { message }

  init(_ code: Code, _ reason: String, at column: Int? = nil) {
    self.code = code
    self.message = column.map { "filter, column \($0): \(reason)" } ?? "filter: \(reason)"
  }
}
