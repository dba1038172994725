/// Why a command was not carried out; nothing has changed then.
public struct Rejection: Error, Sendable, Equatable {
  /// The kind of refusal.
  public enum Code: Sendable {
    /// What the command names is not there.
    case notFound
    /// The command can't be carried out as it is.
    case invalid
  }

  /// The kind of refusal.
  public let code: Code
  /// A sentence for whoever sent the command.
  public let message: String

  /// A refusal.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
