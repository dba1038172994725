internal import Glibc

/// Why a program could not be started.
public struct ProcessError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, as a kind.
  public struct Code: Hashable, Sendable {
    private enum Kind { case notFound, notExecutable, system }
    private let kind: Kind
    /// What shells exit with when they meet it.
    public let exitStatus: Int32

    /// There is no such program.
    public static let notFound = Code(kind: .notFound, exitStatus: 127)
    /// It is there, but can't be run.
    public static let notExecutable = Code(kind: .notExecutable, exitStatus: 126)
    /// The system lacks something, such as memory for another process.
    public static let system = Code(kind: .system, exitStatus: 1)
  }

  /// The kind.
  public let code: Code
  /// A sentence for a person.
  public let message: String
  /// The message.
  public var description: String { message }

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The error for what the system said when it was asked to start `program`.
  init(errorNumber: Int32, starting program: String) {
    switch errorNumber {
    case ENOENT: self.init(.notFound, "there is no program '\(program)'\(program.contains("/") ? "" : " in PATH")")
    case EACCES, ENOEXEC, EISDIR, ENOTDIR:
      self.init(.notExecutable, "'\(program)' can't be run: \(Self.words(errorNumber))")
    default: self.init(.system, "'\(program)' can't be started: \(Self.words(errorNumber))")
    }
  }

  private static func words(_ errorNumber: Int32) -> String {
    unsafe strerror(errorNumber).map { unsafe String(cString: $0) } ?? "error \(errorNumber)"
  }
}
