/// A type as it is written.
public struct ThriftTypeName: Hashable, Sendable {
  /// What is written.
  public indirect enum Kind: Hashable, Sendable {
    /// A type of the language.
    case base(ThriftBaseType)
    /// The name of a definition, with that of an included file before it if it is there.
    case named(String)
    /// A list.
    case list(ThriftTypeName)
    /// A set.
    case set(ThriftTypeName)
    /// A map.
    case map(ThriftTypeName, ThriftTypeName)
  }

  /// What is written.
  public let kind: Kind
  /// Where.
  public let place: ThriftPlace
  /// What follows in parentheses.
  public internal(set) var annotations: [ThriftAnnotation] = []
}

/// A type that needs no definition.
public enum ThriftBaseType: String, Hashable, Sendable, CaseIterable {
  /// True or false.
  case bool
  /// 8 bits with a sign; `byte` is the same.
  case i8
  /// 16 bits with a sign.
  case i16
  /// 32 bits with a sign.
  case i32
  /// 64 bits with a sign.
  case i64
  /// A floating point number.
  case double
  /// Text.
  case string
  /// Bytes.
  case binary
}
