/// What stands around each message on a connection.
public enum ThriftFraming: Hashable, Sendable, CaseIterable {
  /// Nothing: `TBufferedTransport`. Only the message itself says where it ends.
  case unframed
  /// Its size in four bytes: `TFramedTransport`.
  case framed
  /// A size and a head with a sequence ID, the protocol, transforms and pairs of text: `THeaderTransport`.
  case header
}

/// How a connection speaks: the protocol of its messages and what stands around them.
public struct ThriftDialect: Hashable, Sendable, CustomStringConvertible {
  /// The protocol.
  public var `protocol`: ThriftProtocol
  /// What stands around each message.
  public var framing: ThriftFraming

  /// Creates a dialect.
  public init(_ protocol: ThriftProtocol, _ framing: ThriftFraming) {
    self.protocol = `protocol`
    self.framing = framing
  }

  /// Both in words.
  public var description: String { "\(framing) \(self.protocol)" }
}
