/// What answers the calls of a service: generated around an implementation of its protocol, or written by hand.
public protocol ThriftHandling: Sendable {
  /// Answers a call.
  ///
  /// Calls run at the same time, also those of one connection. The task is cancelled when nobody waits for the answer.
  ///
  /// - Parameter request: the call.
  /// - Returns: the answer; of a oneway call it is not looked at.
  func answer(_ request: ThriftRequest) async -> ThriftReply
}
