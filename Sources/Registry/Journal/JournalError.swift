/// Why a journal could not do what it was asked to.
public struct JournalError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kind of failure.
  public enum Code: Sendable {
    /// There is a file, and it is not Muster's. It was not touched.
    case notOurs
    /// A newer version of Muster wrote the file. It was not touched.
    case newerVersion
    /// The file's content can't be what was once written.
    case damaged
    /// Another process uses the directory.
    case inUse
    /// The directory or the file can't be written.
    case notWritable
    /// The disk is full. It may work again once there is room.
    case full
    /// Anything else the system or SQLite refused.
    case io
    /// The journal was closed.
    case closed
  }

  /// The kind of failure.
  public let code: Code
  /// A sentence for a person: what failed, on which file, and what to do.
  public let message: String

  /// A failure.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
