internal import Glibc

/// Why a measurement could not be made.
public struct LoadError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, as a kind.
  public struct Code: Hashable, Sendable {
    private enum Kind { case system, connectionLost, badAnswer, timeout, process }
    private let kind: Kind

    /// The system refused something.
    public static let system = Code(kind: .system)
    /// The server closed a connection, or could not be reached.
    public static let connectionLost = Code(kind: .connectionLost)
    /// An answer can't be read as HTTP, or has a status that was not expected.
    public static let badAnswer = Code(kind: .badAnswer)
    /// Nothing came in time.
    public static let timeout = Code(kind: .timeout)
    /// A process did not start, or ended too early.
    public static let process = Code(kind: .process)
  }

  /// The kind.
  public let code: Code
  /// A sentence for a person.
  public let message: String
  /// The message.
  public var description: String { message }

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The error of the system call that has just failed.
  static func last(_ code: Code, _ action: String) -> LoadError {
    LoadError(code, "\(action): \(unsafe String(cString: strerror(errno)))")
  }
}
