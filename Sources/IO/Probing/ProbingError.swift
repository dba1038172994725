/// Why probes can't be run at all.
public struct ProbingError: Error, Sendable, CustomStringConvertible {
  /// A sentence for a person.
  public let message: String

  init(_ message: String) {
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
