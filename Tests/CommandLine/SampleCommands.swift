internal import MusterCommandLine

/// A program with one of each kind of input.
struct SampleProgram: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "sample", abstract: "Try things", subcommands: [SampleCommand.self, PassingCommand.self])
  }
}

struct SampleCommand: ParsableCommand {
  enum Mode: String, CaseIterable, ExpressibleByArgument {
    case fast, slow
  }

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "try", abstract: "Try one thing", discussion: "First paragraph.\n\n  kept   as it is")
  }

  @Argument(help: "the name", completion: .shellCommand("sample list")) var name: String
  @Argument(help: "how") var mode: Mode?
  @Option(help: ArgumentHelp("how many", valueName: "N")) var count: Int
  @Option(help: "the longest time") var waitAtMost = 5
  @Option(help: "a [word]: may be repeated") var tag: [String]
  @Option(help: "a note", completion: .file) var note: String?
  @Flag(help: "say more") var verbose
  @OptionGroup var shared: SharedOptions

  func validate() throws(CommandError) {
    if count < 0 { throw CommandError(.usage, "--count: \(count) is below 0") }
  }

  func run() throws(CommandError) {}
}

struct SharedOptions: ParsableArguments {
  @Option(help: "where") var server: String?
}

/// Takes words for another program.
struct PassingCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "pass", abstract: "Pass words on")
  }

  @Argument(help: "the name") var name: String
  @Argument(help: "the words") var words: [String]
  @Flag(help: "keep it quiet") var quiet

  func run() throws(CommandError) {}
}
