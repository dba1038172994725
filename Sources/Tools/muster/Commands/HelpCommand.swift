internal import MusterCommandLine

/// `muster help`.
struct HelpCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "help", abstract: "Show the help of a command")
  }

  /// The commands' own list would contain this one, so it is asked for only when it is needed.
  @Argument(help: "the command; all of them are listed without one") var command: String?

  func run() throws(CommandError) {
    let program = CommandDescription(of: Muster.self)
    guard let found = program.find(command.map { [$0] } ?? []) else {
      let name = command ?? ""
      let question = Suggestion.question(for: name, among: program.subcommands.map(\.name))
      throw CommandError(.usage, "there is no command '\(name)'\(question)")
    }
    try StandardStream.output.write(HelpText(found, width: Terminal.output.textWidth).full)
  }
}
