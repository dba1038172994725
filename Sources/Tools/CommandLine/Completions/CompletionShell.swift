/// The shells that completions are made for.
package enum CompletionShell: String, CaseIterable, Sendable, ExpressibleByArgument {
  /// GNU Bash, from version 4.
  case bash
  /// The Z shell.
  case zsh

  /// The script that completes a program's commands, options and values.
  package func script(for program: CommandDescription) -> String {
    switch self {
    case .bash: BashCompletions(program).script
    case .zsh: ZshCompletions(program).script
    }
  }
}

/// Text as one word of a shell, whatever is in it.
func shellQuoted(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
}
