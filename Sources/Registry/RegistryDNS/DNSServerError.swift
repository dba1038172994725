/// Why DNS can't be served.
public struct DNSServerError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of failure that a caller may want to tell apart.
  public struct Code: Sendable, Hashable {
    private enum Value: Hashable {
      case addressInUse, addressNotAvailable, permissionDenied, invalidSetting, system
    }

    private let value: Value

    /// Something else listens on the address and port.
    public static let addressInUse = Code(value: .addressInUse)
    /// The host is not an address of this machine, or not an address at all.
    public static let addressNotAvailable = Code(value: .addressNotAvailable)
    /// The port may only be used by a privileged user.
    public static let permissionDenied = Code(value: .permissionDenied)
    /// A setting is out of its range.
    public static let invalidSetting = Code(value: .invalidSetting)
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
}
