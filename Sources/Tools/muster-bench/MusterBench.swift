internal import Glibc
internal import MusterCommandLine
internal import MusterLoad
internal import MusterProcess
internal import MusterThreading

/// The program: it reads the command line, runs the benchmarks and prints their figures.
@main
struct MusterBench: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "muster-bench", abstract: "Measure Muster, each figure beside a reference in the same run",
      discussion: """
        The server has one processor of its own and the load another. What is being done goes to standard error, the \
        figures to standard output.

        Groups: \(Groups.names.joined(separator: ", ")); the beginning of a figure's name, such as registry.query, runs \
        only what gives that figure. Without a group all are run.
        """)
  }

  @Argument(help: ArgumentHelp("what to measure", valueName: "GROUP")) var groups: [String]
  @Option(help: ArgumentHelp("seconds for each measurement", valueName: "N")) var seconds = 5
  @Option(help: ArgumentHelp("how often each is repeated, in turn with its reference", valueName: "N")) var rounds = 3
  @Flag(help: "small sizes and little time: tells whether it works, not how fast") var quick
  @Flag(help: "print one JSON object a line") var json
  @Flag(help: "print a table in Markdown") var markdown

  func validate() throws(CommandError) {
    guard (1...3_600).contains(seconds) else { throw CommandError(.usage, "--seconds: \(seconds) is not 1 to 3600") }
    guard (1...1_000).contains(rounds) else { throw CommandError(.usage, "--rounds: \(rounds) is not 1 to 1000") }
    guard !json || !markdown else { throw CommandError(.usage, "--json and --markdown can't be had at once") }
    for name in groups where Groups.benchmarks(named: [name]).isEmpty {
      throw CommandError(.usage, "'\(name)' is no group; there is \(Groups.names.joined(separator: ", "))")
    }
  }

  func run() throws(CommandError) {
    Signals.hold()
    let failures: Int
    do throws(LoadError) {
      let bench = try Bench(seconds: quick ? 0.3 : Double(seconds), rounds: quick ? 1 : rounds, isQuick: quick)
      let watchdog = try Self.endOnSignal(bench)
      defer { withExtendedLifetime(watchdog) { bench.folder.remove() } }
      failures = try measure(bench)
    } catch {
      throw CommandError(.failed, error.message)
    }
    if failures > 0 { throw CommandError(.failed, "\(failures) of the measurements failed") }
  }

  /// Runs the benchmarks; one that fails does not keep the others from running.
  private func measure(_ bench: Bench) throws(LoadError) -> Int {
    var report = Report(format: json ? .json : markdown ? .markdown : .table)
    var failures = 0
    for benchmark in Groups.benchmarks(named: groups) {
      do throws(LoadError) {
        for figure in try benchmark.run(bench) { report.add(figure) }
      } catch {
        Children.stayIfEnding()
        bench.say("\(benchmark.figures.joined(separator: ", ")): \(error.message)")
        failures += 1
      }
    }
    report.finish()
    return failures
  }

  private static func endOnSignal(_ bench: Bench) throws(LoadError) -> WorkerThread {
    let folder = bench.folder
    do {
      return try WorkerThread(name: "signals") {
        while Signals.wait() != .end {}
        Children.killAll()
        folder.remove()
        _exit(130)
      }
    } catch {
      throw LoadError(.system, error.message)
    }
  }

  static func main() {
    StandardStream.ignoreBrokenPipes()
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == "reference-server" { exit(ReferenceServer.run(Array(words.dropFirst()))) }
    exit(run(words))
  }

  private static func run(_ words: [String]) -> Int32 {
    let name = configuration.commandName
    do throws(CommandError) {
      switch CommandLineResolution(words, root: MusterBench.self, width: Terminal.output.textWidth) {
      case .help(let text): try StandardStream.output.write(text)
      case .refuse(let error, _, let usage):
        StandardStream.error.note("\(name): \(error.message)\n\n\(usage)")
        return error.code.exitStatus
      case .run(var command, _): try command.run()
      }
      return 0
    } catch {
      if error.code.exitStatus != 0 { StandardStream.error.note("\(name): \(error.message)") }
      return error.code.exitStatus
    }
  }
}
