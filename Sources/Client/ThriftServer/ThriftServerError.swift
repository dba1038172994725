internal import MusterEventLoop

/// Why a server can't be started.
public struct ThriftServerError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of an error.
  public struct Code: Sendable, Hashable {
    private enum Value { case invalidSettings, addressInUse, unavailable }
    private let value: Value

    /// A setting makes no sense.
    public static let invalidSettings = Code(value: .invalidSettings)
    /// Something else listens on the address and port.
    public static let addressInUse = Code(value: .addressInUse)
    /// The system refuses to listen there.
    public static let unavailable = Code(value: .unavailable)
  }

  /// The kind of the error.
  public let code: Code
  /// What is wrong, with which value, and what is allowed.
  public let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  init(_ error: EventLoopError) {
    self.init(error.code == .addressInUse ? .addressInUse : .unavailable, error.message)
  }

  /// The message.
  public var description: String { message }
}
