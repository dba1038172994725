/// What a method answered.
public enum ThriftOutcome: Hashable, Sendable {
  /// It returned a value; null if it returns nothing.
  case value(ThriftPlain)
  /// It threw one of its exceptions: the full name of that, and its fields.
  case exception(String, ThriftPlain)
}
