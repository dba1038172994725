/// A message's head and where in the bytes it is, so that it can be replaced without touching the rest.
public struct ThriftHeadPlace: Hashable, Sendable {
  /// What the message begins with.
  public let head: ThriftMessageHead
  /// The bytes that ``ThriftProtocol/replacingHead(_:in:with:)`` replaces.
  public let extent: Range<Int>
  /// The four bytes of the sequence ID, most significant first; nil in protocols that write it in another way.
  public let sequenceID: Range<Int>?
}

/// What was found at the beginning of bytes that may not be complete.
public enum ThriftHeadSearch: Hashable, Sendable {
  /// The head is there.
  case found(ThriftHeadPlace)
  /// The bytes are fine so far, but so many are needed at least, counted from the message's first.
  case needMore(atLeast: Int)
}
