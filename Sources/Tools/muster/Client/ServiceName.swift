internal import MusterCommandLine

/// What the names of services have in common among the commands.
enum ServiceName {
  /// Lets shells offer the services there are.
  ///
  /// At least two spaces end a column of the table.
  static let completion = CompletionKind.shellCommand("muster services | awk -F '  +' 'NR > 1 { print $1 }'")

  /// The error for a service that nobody has registered.
  static func unknown(_ name: String, _ client: RegistryClient) throws(CommandError) -> CommandError {
    let question = Suggestion.question(for: name, among: try client.serviceTags().map(\.name))
    return CommandError(
      .notFound, "no service '\(name)' is registered\(question.isEmpty ? "; 'muster services' lists all" : question)")
  }
}
