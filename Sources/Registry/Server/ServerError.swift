/// Why a server does not start.
public struct ServerError: Error, Sendable, CustomStringConvertible {
  /// The kind of failure.
  public enum Code: Sendable {
    /// A setting makes no sense.
    case badSetting
    /// The store can't be used.
    case store
    /// The address can't be listened on, or another part of the system refused.
    case system
  }

  /// The kind of failure.
  public let code: Code
  /// A sentence for a person: what was wrong, with which value, and what to do.
  public let message: String

  /// A failure.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
