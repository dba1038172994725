/// A value as JSON has it: what people write, and what is shown to them.
public indirect enum ThriftPlain: Hashable, Sendable {
  /// A member of an object.
  public struct Member: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: ThriftPlain

    /// Creates a member.
    public init(_ name: String, _ value: ThriftPlain) {
      self.name = name
      self.value = value
    }
  }

  /// Nothing.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number.
  case integer(Int64)
  /// Any other number.
  case double(Double)
  /// Text.
  case string(String)
  /// Values in their order.
  case array([ThriftPlain])
  /// Values by name.
  case object([Member])

  /// How it is named in an error.
  var name: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): "\"\(text.prefix(40))\(text.count > 40 ? "…" : "")\""
    case .array: "an array"
    case .object: "an object"
    }
  }
}
