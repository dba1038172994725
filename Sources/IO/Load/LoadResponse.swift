/// An answer, with the times it took; its body is counted and dropped.
public struct LoadResponse: Sendable {
  /// Which connection it came on.
  public let connection: Int
  /// The HTTP status.
  public let status: Int
  /// Bytes of the body.
  public let bodyBytes: Int
  /// When its request was sent, by `MonotonicClock`.
  public let sent: UInt64
  /// When all of it had arrived, by `MonotonicClock`.
  public let received: UInt64
}
