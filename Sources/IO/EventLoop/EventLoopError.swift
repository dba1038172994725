internal import CUV

/// Why something on an event loop could not be done.
public struct EventLoopError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of failure that a caller may want to tell apart.
  public struct Code: Sendable, Hashable {
    private enum Value: Hashable {
      case addressInUse, addressNotAvailable, permissionDenied, timedOut, system
    }

    private let value: Value

    /// Something else listens on the address and port.
    public static let addressInUse = Code(value: .addressInUse)
    /// The host is not an address of this machine, or not an address at all.
    public static let addressNotAvailable = Code(value: .addressNotAvailable)
    /// The port may only be used by a privileged user.
    public static let permissionDenied = Code(value: .permissionDenied)
    /// The other side did not answer in time.
    public static let timedOut = Code(value: .timedOut)
    /// The system refused something else.
    public static let system = Code(value: .system)
  }

  /// What kind of failure it is.
  public let code: Code
  /// What was wrong, with which value, and what to do.
  public let message: String

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }

  /// The error behind one of libuv's negative numbers.
  init(_ what: String, _ number: Int32) {
    self.init(.system, "\(what): \(unsafe uv_strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)")")
  }
}
