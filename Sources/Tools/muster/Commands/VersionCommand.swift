internal import MusterCommandLine

/// `muster version`.
struct VersionCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "version", abstract: "Print the version")
  }

  func run() throws(CommandError) {
    try StandardStream.output.print("muster \(Version.current)")
  }
}
