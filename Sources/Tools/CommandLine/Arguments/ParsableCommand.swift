/// A type whose stored properties are inputs: ``Argument``, ``Option``, ``Flag`` and ``OptionGroup``.
///
/// This and its companions have the shape of swift-argument-parser, so that it can take their place.
package protocol ParsableArguments {
  /// Makes one with nothing parsed yet.
  init()

  /// Checks what no single input can check; it throws a ``CommandError`` of the code ``CommandError/Code/usage``.
  mutating func validate() throws(CommandError)
}

extension ParsableArguments {
  /// Finds nothing wrong.
  package mutating func validate() throws(CommandError) {}
}

/// A command with its inputs, or a group of commands.
package protocol ParsableCommand: ParsableArguments {
  /// Its name, what it is for, and its subcommands.
  static var configuration: CommandConfiguration { get }

  /// Does the work; called after parsing.
  mutating func run() throws(CommandError)
}

extension ParsableCommand {
  /// Refuses: a group of commands does nothing itself.
  package mutating func run() throws(CommandError) {
    throw CommandError(.usage, "a command is missing")
  }
}

/// What a command tells about itself.
package struct CommandConfiguration {
  /// The word that calls it.
  package var commandName: String
  /// One line on what it is for.
  package var abstract: String
  /// More of it for `--help`; paragraphs are separated by empty lines, indented lines are kept as they are.
  package var discussion: String
  /// The commands under it.
  package var subcommands: [any ParsableCommand.Type]

  /// Makes a configuration.
  package init(
    commandName: String, abstract: String, discussion: String = "", subcommands: [any ParsableCommand.Type] = []
  ) {
    self.commandName = commandName
    self.abstract = abstract
    self.discussion = discussion
    self.subcommands = subcommands
  }
}
