internal import Glibc
internal import MusterCommandLine

/// The program: it finds the command, runs it, and turns its end into an exit status.
@main
struct MusterThrift: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "muster-thrift", abstract: "Turn Thrift definitions into Swift",
      subcommands: [SwiftCommand.self])
  }

  static func main() {
    StandardStream.ignoreBrokenPipes()
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ words: [String]) -> Int32 {
    do throws(CommandError) {
      switch CommandLineResolution(words, root: MusterThrift.self, width: Terminal.output.textWidth) {
      case .help(let text): try StandardStream.output.write(text)
      case .refuse(let error, let path, let usage):
        StandardStream.error.note("\(path.joined(separator: " ")): \(error.message)\n\n\(usage.dropLast())")
        return error.code.exitStatus
      case .run(var command, _): try command.run()
      }
      return 0
    } catch {
      // An error in a file begins with its place, as compilers have it.
      if error.code.exitStatus != 0 { StandardStream.error.note(error.message) }
      return error.code.exitStatus
    }
  }
}
