/// A JSON value (RFC 8259).
public enum JSON: Sendable, Equatable {
  /// The literal `null`.
  case null
  /// The literals `true` and `false`.
  case bool(Bool)
  /// A number without fraction and exponent.
  case integer(Int64)
  /// A number with a fraction or an exponent. Not a number and the infinities are written as `null`.
  case number(Double)
  /// A string, which may contain U+0000.
  case string(String)
  /// Values in order.
  case array([JSON])
  /// Members in the order of the text.
  case object([Member])

  /// One key of an object with its value.
  public struct Member: Sendable, Equatable {
    /// The name, compared byte for byte.
    public var key: String
    /// The value under that name.
    public var value: JSON

    /// A member of an object.
    public init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }
  }
}
