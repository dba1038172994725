/// How far a search for the end of something in a growing buffer has come.
public enum ThriftProgress: Hashable, Sendable {
  /// It is complete and so many bytes long.
  case complete(Int)
  /// The bytes are fine so far, but so many are needed at least, counted from the first.
  case needMore(atLeast: Int)
}
