/// What answers the calls of a service: generated around an implementation of its protocol, or written by hand.
public protocol ThriftHandling: Sendable {
  /// Answers a call.
  ///
  /// Calls run at the same time, also those of one connection. A call runs to its end also when its caller has gone; its task
  /// is cancelled when the server can't wait for it any longer.
  ///
  /// - Parameter request: the call.
  /// - Returns: the answer; that of a oneway call is not sent.
  func answer(_ request: ThriftRequest) async -> ThriftReply
}
