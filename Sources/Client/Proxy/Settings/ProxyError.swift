/// Why a proxy could not be started.
public struct ProxyError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of reason it is.
  public struct Code: Sendable, Hashable {
    private enum Value { case badSetting, cannotListen }
    private let value: Value

    /// A setting makes no sense.
    public static let badSetting = Code(value: .badSetting)
    /// An address can't be listened on.
    public static let cannotListen = Code(value: .cannotListen)
  }

  /// What kind of reason it is.
  public let code: Code
  /// For people: the setting, its value, and what is allowed.
  public let message: String

  /// An error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
