/// Why a command ends without having done its work.
package struct CommandError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of end.
  package struct Code: Hashable, Sendable {
    private enum Kind { case failed, usage, notFound, away, unreadable, interrupted, outputClosed }

    private let kind: Kind
    /// The exit status of the process.
    package let exitStatus: Int32

    /// The work could not be done: exit status 1.
    package static let failed = Code(kind: .failed, exitStatus: 1)
    /// What the work is about does not exist: exit status 1.
    package static let notFound = Code(kind: .notFound, exitStatus: 1)
    /// The registry can't be reached or can't answer now; trying again may help: exit status 1.
    package static let away = Code(kind: .away, exitStatus: 1)
    /// The answer is not one of a registry's, such as the error page of a proxy before it; trying again may help: exit
    /// status 1.
    package static let unreadable = Code(kind: .unreadable, exitStatus: 1)
    /// The command was called wrongly: exit status 2, and the usage is shown.
    package static let usage = Code(kind: .usage, exitStatus: 2)
    /// A signal ended it as it should: exit status 0, nothing to say.
    package static let interrupted = Code(kind: .interrupted, exitStatus: 0)
    /// The reader of the output went away, as `head` does: exit status 0, nothing to say.
    package static let outputClosed = Code(kind: .outputClosed, exitStatus: 0)
  }

  /// The kind of end.
  package let code: Code
  /// What was wrong, with which value, and what to do.
  package let message: String

  /// Makes an error with a message for a person.
  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  package var description: String { message }
}
