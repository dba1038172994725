/// A value as it is written.
public struct ThriftLiteral: Hashable, Sendable {
  /// What is written.
  public indirect enum Kind: Hashable, Sendable {
    /// A whole number.
    case integer(Int64)
    /// A number with a point or an exponent.
    case double(Double)
    /// Text in quotes.
    case string(String)
    /// `true`, `false`, a constant or an enum's member.
    case name(String)
    /// Values in square brackets.
    case list([ThriftLiteral])
    /// Pairs in braces.
    case map([Pair])
  }

  /// A key and its value.
  public struct Pair: Hashable, Sendable {
    /// The key.
    public let key: ThriftLiteral
    /// The value.
    public let value: ThriftLiteral
  }

  /// What is written.
  public let kind: Kind
  /// Where.
  public let place: ThriftPlace
}
