/// Takes what arrives on a connection.
public protocol TCPHandler: AnyObject {
  /// The connection that was asked for is there; not called for one that was accepted.
  func connected(_ connection: TCPConnection)
  /// Called with whatever has arrived.
  func received(_ bytes: Span<UInt8>, on connection: TCPConnection)
  /// All that was sent has left, after `send` had said that it has not.
  func drained(_ connection: TCPConnection)
  /// The other side sends nothing more, but still takes what is sent; only called where `allowsHalfClose` is set, and at most
  /// once.
  func finished(_ connection: TCPConnection)
  /// The other side has ended the connection, or it has failed, which `TCPConnection.failure` tells; it is closed. Not called
  /// after `close()`.
  func ended(_ connection: TCPConnection)
}

extension TCPHandler {
  /// Does nothing.
  public func finished(_ connection: TCPConnection) {}
}
