/// Why a call has no answer.
public struct ThriftClientError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of an error.
  public struct Code: Sendable, Hashable {
    private enum Value { case invalidSettings, unwritable, notConnected, timedOut, disconnected, invalidAnswer, closed }
    private let value: Value

    /// A setting makes no sense.
    public static let invalidSettings = Code(value: .invalidSettings)
    /// The arguments can't be written in the connection's protocol.
    public static let unwritable = Code(value: .unwritable)
    /// There is no connection to the instance.
    public static let notConnected = Code(value: .notConnected)
    /// No answer in time.
    public static let timedOut = Code(value: .timedOut)
    /// The connection ended before the answer was complete.
    public static let disconnected = Code(value: .disconnected)
    /// What was answered is not an answer to the call, or not one at all.
    public static let invalidAnswer = Code(value: .invalidAnswer)
    /// The client has been closed.
    public static let closed = Code(value: .closed)
  }

  /// The kind of the error.
  public let code: Code
  /// What went wrong, and with whom.
  public let message: String
  /// Whether the instance may have got the call.
  public let wasSent: Bool

  init(_ code: Code, _ message: String, wasSent: Bool = false) {
    self.code = code
    self.message = message
    self.wasSent = wasSent
  }

  /// The message.
  public var description: String { message }
}
