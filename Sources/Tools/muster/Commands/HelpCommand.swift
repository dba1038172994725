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

  func validate() throws(CommandError) { _ = try found() }

  func run() throws(CommandError) {
    try StandardStream.output.write(HelpText(found(), width: Terminal.output.textWidth).full)
  }

  private func found() throws(CommandError) -> CommandDescription {
    let program = CommandDescription(of: Muster.self)
    guard let command else { return program }
    guard let found = program.find([command]) else {
      let question = Suggestion.question(for: command, among: program.subcommands.map(\.name))
      throw CommandError(
        .usage, "there is no command '\(command)'\(question.isEmpty ? "; 'muster help' lists all" : question)")
    }
    return found
  }
}
