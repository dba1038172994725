internal import MusterCommandLine
internal import MusterHost
internal import MusterLoad

/// What benchmarks share: how long to measure, on which processors, and where the programs are.
struct Bench {
  /// For each measurement.
  let seconds: Double
  /// How often each measurement is repeated.
  let rounds: Int
  /// Whether it only has to work.
  let isQuick: Bool
  let folder: TemporaryFolder
  /// The folder of this program, where `muster` is too.
  let programs: String
  let serverProcessor: Int
  let loadProcessor: Int
  /// Where servers behind the one that is measured run.
  let answerProcessor: Int

  init(seconds: Double, rounds: Int, isQuick: Bool) throws(LoadError) {
    self.seconds = seconds
    self.rounds = rounds
    self.isQuick = isQuick
    let processors = try Processors().allowed
    serverProcessor = processors[0]
    loadProcessor = processors.count > 1 ? processors[1] : processors[0]
    answerProcessor = processors.count > 2 ? processors[2] : loadProcessor
    programs = try ProgramFolder.path()
    folder = try TemporaryFolder(prefix: "muster-bench")
    if processors.count < 2 { say("There is one processor only: the load takes time from the server.") }
    try Processors(only: loadProcessor).bindThisThread()
  }

  /// Tells a person what is going on.
  func say(_ line: String) {
    StandardStream.error.note(line)
  }

  /// A size, or a small one where it only has to work.
  func size(_ full: Int, quick: Int) -> Int { isQuick ? quick : full }
}
