/// Why a thread could not be started.
public struct ThreadingError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, as a number from `errno`.
  public let errorNumber: Int32
  /// What went wrong, in words.
  public let message: String

  /// The message.
  public var description: String { message }
}
