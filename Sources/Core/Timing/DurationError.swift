/// Why a text is not a duration.
public struct DurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of mistake it is.
  public struct Code: Sendable, Hashable {
    private enum Value { case malformed, unknownUnit, outOfRange }
    private var value: Value

    /// No number, or something that is neither number nor unit.
    public static let malformed = Code(value: .malformed)
    /// A number without a unit, or with one that does not exist.
    public static let unknownUnit = Code(value: .unknownUnit)
    /// Longer than 2⁶³ nanoseconds, about 292 years.
    public static let outOfRange = Code(value: .outOfRange)
  }

  /// What kind of mistake it is.
  public var code: Code
  /// The refused text, cut after 64 characters.
  public var value: String
  /// What is wrong with it and what is allowed, for a person to read.
  public var reason: String

  /// A refusal of `value`, of which at most 64 characters are kept.
  public init(code: Code, value: some StringProtocol, reason: String) {
    self.code = code
    // Cut by scalars: one character can be of any length.
    let cut = value.unicodeScalars.prefix(64)
    self.value = String(String.UnicodeScalarView(cut)) + (cut.endIndex == value.unicodeScalars.endIndex ? "" : "…")
    self.reason = reason
  }

  /// Value and reason in one sentence.
  public var description: String {
    "\"\(value)\" is not a duration: \(reason)"
  }
}
