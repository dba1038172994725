/// What a command line asks for.
package enum CommandLineResolution {
  /// To run this command, whose inputs are filled.
  case run(any ParsableCommand, path: [String])
  /// To print this help.
  case help(String)
  /// Nothing that can be done; `usage` shows what can, and is to be printed with the error.
  case refuse(CommandError, path: [String], usage: String)

  /// Reads a command line, without the program's name.
  ///
  /// - Parameters:
  ///   - words: The words of the command line.
  ///   - root: The command that stands for the program.
  ///   - width: Columns to wrap help and usage at.
  package init(_ words: [String], root: any ParsableCommand.Type, width: Int) {
    var rest = words[...]
    var command = root
    var path = [root.configuration.commandName]
    while !command.configuration.subcommands.isEmpty, let word = rest.first, !word.hasPrefix("-") {
      let next = command.configuration.subcommands.first { $0.configuration.commandName == word }
      guard let next else { break }
      rest.removeFirst()
      command = next
      path.append(word)
    }
    let help = HelpText(CommandDescription(of: command, under: path.dropLast()), width: width)
    if InputParser.asksForHelp(rest) {
      self = .help(help.full)
      return
    }
    if rest.isEmpty && !command.configuration.subcommands.isEmpty {
      self = .refuse(CommandError(.usage, "a command is missing"), path: path, usage: help.full)
      return
    }
    do {
      self = .run(try Self.parse(rest, into: command), path: path)
    } catch {
      self = .refuse(error, path: path, usage: help.reminder)
    }
  }

  private static func parse<Command: ParsableCommand>(
    _ words: ArraySlice<String>, into type: Command.Type
  ) throws(CommandError) -> Command {
    let names = type.configuration.subcommands.map { $0.configuration.commandName }
    if let word = words.first, !names.isEmpty, !word.hasPrefix("-") {
      throw CommandError(.usage, "there is no command '\(word)'\(Suggestion.question(for: word, among: names))")
    }
    var command = type.init()
    var parser = InputParser(inputs: command.inputs)
    try parser.parse(words)
    try command.validate()
    return command
  }
}
