/// What a message is.
public enum ThriftMessageType: UInt8, Hashable, Sendable, CaseIterable {
  /// A call that is answered.
  case call = 1
  /// The answer to a call: its result, or an exception that the method declares.
  case reply = 2
  /// The answer to a call that failed in a way that the method does not declare.
  case exception = 3
  /// A call that is not answered.
  case oneway = 4
}

/// What a message begins with, in any protocol.
public struct ThriftMessageHead: Hashable, Sendable {
  /// The method's name; a multiplexed one begins with its service's.
  public var name: String
  /// What the message is.
  public var type: ThriftMessageType
  /// A number that the answer to a call repeats.
  public var sequenceID: Int32

  /// Creates a head.
  public init(_ name: String, _ type: ThriftMessageType, sequenceID: Int32 = 0) {
    self.name = name
    self.type = type
    self.sequenceID = sequenceID
  }
}

/// A message with its values.
public struct ThriftMessage: Hashable, Sendable {
  /// What it begins with.
  public var head: ThriftMessageHead
  /// The method's arguments, or its result.
  public var body: ThriftStruct

  /// Creates a message.
  public init(_ head: ThriftMessageHead, _ body: ThriftStruct) {
    self.head = head
    self.body = body
  }
}
