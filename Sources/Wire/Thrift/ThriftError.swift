/// Why bytes are not the Thrift message that they should be, or why a value can't be written as one.
public struct ThriftError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of an error.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The bytes end before what they begin.
    public static let truncated = Code("truncated")
    /// The bytes are not what the protocol allows.
    public static let malformed = Code("malformed")
    /// The bytes, or the value, exceed one of the ``ThriftLimits``.
    public static let limit = Code("limit")
    /// The protocol allows it, but it is not carried here, or the protocol has no form for it.
    public static let unsupported = Code("unsupported")

    /// The code in one word.
    public let description: String

    private init(_ description: String) {
      self.description = description
    }
  }

  /// The kind of the error.
  public let code: Code
  /// What is wrong: the field, its value and what is allowed.
  public let message: String
  /// Where in the bytes, if they were being read.
  public let offset: Int?

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: its kind.
  ///   - message: what is wrong.
  ///   - offset: where in the bytes, if they were being read.
  public init(_ code: Code, _ message: String, at offset: Int? = nil) {
    self.code = code
    self.message = message
    self.offset = offset
  }

  /// The message and the place.
  public var description: String {
    offset.map { "\(message), at byte \($0)" } ?? message
  }
}
