internal import Glibc
internal import MusterCommandLine

/// The program: it finds the command, runs it, and turns its end into an exit status.
@main
struct Muster: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "muster", abstract: "Register services, find them, and see how they are",
      discussion: """
        The registry is found at --server, else at MUSTER_HTTP_ADDR or CONSUL_HTTP_ADDR, else at 127.0.0.1:8500. \
        MUSTER_TOKEN is sent with each request when it is set.
        """,
      subcommands: [
        ServerCommand.self, RunCommand.self, ProxyCommand.self, RegisterCommand.self, DeregisterCommand.self,
        ServicesCommand.self, InstancesCommand.self, WatchCommand.self, CallCommand.self, MaintenanceCommand.self,
        StatusCommand.self, HistoryCommand.self,
        CompletionsCommand.self, VersionCommand.self, HelpCommand.self,
      ])
  }

  @Flag(help: "print the version") var version

  func run() throws(CommandError) {
    guard version else { throw CommandError(.usage, "a command is missing; 'muster --help' lists them") }
    try VersionCommand().run()
  }

  static func main() {
    StandardStream.ignoreBrokenPipes()
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ words: [String]) -> Int32 {
    do throws(CommandError) {
      switch CommandLineResolution(words, root: Muster.self, width: Terminal.output.textWidth) {
      case .help(let text): try StandardStream.output.write(text)
      case .refuse(let error, let path, let usage): return end(error, path, usage: usage)
      case .run(let command, let path): return run(command, path)
      }
      return 0
    } catch {
      return end(error, [configuration.commandName])
    }
  }

  private static func run(_ command: some ParsableCommand, _ path: [String]) -> Int32 {
    var command = command
    do throws(CommandError) {
      try command.run()
      return 0
    } catch {
      return end(error, path)
    }
  }

  private static func end(_ error: CommandError, _ path: [String], usage: String = "") -> Int32 {
    if error.code.exitStatus != 0 {
      let command = path.joined(separator: " ")
      StandardStream.error.note("\(command): \(error.message)\(usage.isEmpty ? "" : "\n\n" + usage.dropLast())")
    }
    return error.code.exitStatus
  }
}
