/// How much a message may ask for; what exceeds it is refused before it is read or allocated.
public struct ThriftLimits: Hashable, Sendable {
  /// The deepest nesting that any limits allow: reading goes one call deeper for each, on a thread's stack.
  public static let deepest = 256

  /// The most bytes of a message, a frame's head included, for which a scanner or deframer waits. Default: 16,384,000,
  /// the largest frame of Apache's libraries.
  public var messageSize: Int
  /// The most bytes of a string. Default: as many as a message has.
  public var stringSize: Int
  /// The most elements of a list, set or map. Default: 1,048,576.
  public var containerCount: Int
  /// The most values of a message that is read: fields, elements, keys and their values together. A few bytes can hold
  /// one that takes many times as much memory. Default: 2,048,000, as many numbers as the largest message has room for.
  public var valueCount: Int
  /// How deep structs and containers may nest, the message's own struct included; at most ``deepest``.
  /// Default: 64, as in Apache's libraries and ThriftPy.
  public var depth: Int {
    didSet { depth = Self.allowed(depth) }
  }

  /// Creates limits.
  ///
  /// - Parameters:
  ///   - messageSize: the most bytes of a message.
  ///   - stringSize: the most bytes of a string; nil means `messageSize`.
  ///   - containerCount: the most elements of a list, set or map.
  ///   - valueCount: the most values of a message.
  ///   - depth: how deep structs and containers may nest, from 1 to ``deepest``.
  public init(
    messageSize: Int = 16_384_000, stringSize: Int? = nil, containerCount: Int = 1_048_576,
    valueCount: Int = 2_048_000, depth: Int = 64
  ) {
    self.messageSize = messageSize
    self.stringSize = stringSize ?? messageSize
    self.containerCount = containerCount
    self.valueCount = valueCount
    self.depth = Self.allowed(depth)
  }

  private static func allowed(_ depth: Int) -> Int {
    min(max(depth, 1), deepest)
  }
}
