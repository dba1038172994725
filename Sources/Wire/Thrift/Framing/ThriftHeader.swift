/// What a frame of `THeaderTransport` says besides its message.
public struct ThriftHeader: Hashable, Sendable {
  /// A pair of text, or of any bytes, that goes with a message.
  public struct Info: Hashable, Sendable {
    /// The name.
    public var key: [UInt8]
    /// What it stands for.
    public var value: [UInt8]

    /// Creates a pair of text.
    public init(_ key: String, _ value: String) {
      self.init(Array(key.utf8), Array(value.utf8))
    }

    /// Creates a pair.
    public init(_ key: [UInt8], _ value: [UInt8]) {
      self.key = key
      self.value = value
    }
  }

  /// The protocol of the message: ``ThriftProtocol/binary`` or ``ThriftProtocol/compact``.
  public var `protocol`: ThriftProtocol
  /// The frame's sequence ID; the message has its own.
  public var sequenceID: Int32
  /// Bits that no library gives a meaning; an answer repeats those of its call.
  public var flags: UInt16
  /// The pairs.
  public var info: [Info]

  /// Creates a head.
  public init(_ protocol: ThriftProtocol, sequenceID: Int32 = 0, flags: UInt16 = 0, info: [Info] = []) {
    self.protocol = `protocol`
    self.sequenceID = sequenceID
    self.flags = flags
    self.info = info
  }
}
