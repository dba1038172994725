/// What is declared about a command and those under it, for help and completions.
package struct CommandDescription {
  /// The words that call it, from the program's name on.
  package let path: [String]
  /// One line on what it is for.
  package let abstract: String
  /// More of it.
  package let discussion: String
  /// Its inputs, in the order they were declared.
  package let inputs: [InputDeclaration]
  /// The commands under it.
  package let subcommands: [CommandDescription]

  /// The word that calls it.
  package var name: String { path.last ?? "" }

  /// Reads the declarations of a command and of those under it.
  package init(of command: any ParsableCommand.Type, under parents: [String] = []) {
    let configuration = command.configuration
    let path = parents + [configuration.commandName]
    self.path = path
    abstract = configuration.abstract
    discussion = configuration.discussion
    inputs = command.init().inputs
    subcommands = configuration.subcommands.map { CommandDescription(of: $0, under: path) }
  }

  /// The command that these words call, with this one as the first; nil when there is none.
  package func find(_ words: some Sequence<String>) -> CommandDescription? {
    var found = self
    for word in words {
      guard let next = found.subcommands.first(where: { $0.name == word }) else { return nil }
      found = next
    }
    return found
  }
}
