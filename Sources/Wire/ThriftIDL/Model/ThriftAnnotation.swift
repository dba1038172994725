/// A note about what it follows: `(key = "value")`.
public struct ThriftAnnotation: Hashable, Sendable {
  /// The name.
  public let name: String
  /// The value; `1` if none is written.
  public let value: String
}
