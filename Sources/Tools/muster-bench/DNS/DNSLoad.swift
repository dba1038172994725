internal import MusterLoad

/// Questions by dnsperf, from the load's processor.
struct DNSLoad {
  private let bench: Bench
  private let program: String

  /// Nil when dnsperf is not installed.
  init?(ifInstalledFor bench: Bench) {
    guard let program = ProgramFolder.find("dnsperf") else { return nil }
    self.bench = bench
    self.program = program
  }

  /// Answers a second; a question that is lost ends the measurement with an error.
  func rate(port: UInt16, questions: String, seconds: Double) throws(LoadError) -> Double {
    let child = try ChildProcess(
      [
        program, "-s", "127.0.0.1", "-p", String(port), "-d", questions, "-e", "-c", "8", "-q", "64", "-l",
        String(max(1, Int(seconds.rounded()))),
      ], processor: bench.loadProcessor, log: "\(bench.folder.path)/servers.log")
    let lost = try Self.number(in: child.line(with: "Queries lost:"))
    let rate = try Self.number(in: child.line(with: "Queries per second:"))
    guard lost == 0 else { throw LoadError(.badAnswer, "\(Int(lost)) DNS questions had no answer") }
    return rate
  }

  /// Whether a server answers at all.
  func answers(port: UInt16, questions: String) -> Bool {
    let child = try? ChildProcess(
      [program, "-s", "127.0.0.1", "-p", String(port), "-d", questions, "-n", "1", "-t", "1"],
      processor: bench.loadProcessor, log: "\(bench.folder.path)/servers.log")
    guard let line = try? child?.line(with: "Queries completed:", within: 10), let count = try? Self.number(in: line)
    else { return false }
    return count > 0
  }

  private static func number(in line: String) throws(LoadError) -> Double {
    let words = line.split(separator: ":").last?.split(separator: " ") ?? []
    guard let word = words.first, let number = Double(word) else {
      throw LoadError(.badAnswer, "dnsperf said what is no number: \(line)")
    }
    return number
  }
}
