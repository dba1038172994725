internal import MusterCommandLine

/// `muster help`.
struct HelpCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "help", abstract: "Show the help of a command")
  }

  @Argument(
    help: "the command; all of them are listed without one",
    completion: .list(Muster.configuration.subcommands.map { $0.configuration.commandName }))
  var command: String?

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
