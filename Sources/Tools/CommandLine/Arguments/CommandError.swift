/// Why a command ends without having done its work.
package struct CommandError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the command's exit status says.
  package struct Code: Hashable, Sendable {
    /// The exit status of the process.
    package let exitStatus: Int32

    /// The work could not be done: exit status 1.
    package static let failed = Code(exitStatus: 1)
    /// The command was called wrongly: exit status 2, and the usage is shown.
    package static let usage = Code(exitStatus: 2)
    /// The reader of the output went away, as `head` does: nothing is left to do or to say, exit status 0.
    package static let outputClosed = Code(exitStatus: 0)
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
