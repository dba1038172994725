internal import Muster

/// A service with faults to order, and a caller that calls it at a steady rate: what the tests of real failures are made of.
///
///     steady-load serve NAME PORT ID MILLISECONDS
///     steady-load call NAME POLICY RATE SECONDS TIMEOUT
///
/// The service takes so many milliseconds for an answer; `PUT /fault?status=500` and `PUT /fault?delay=600` change how it does.
/// The caller gives each try so many milliseconds. It prints a line for each call (time of its start in microseconds since 1970,
/// latency in microseconds, then who answered or `!` and why nobody did) and one for each decision of its fault tolerance, which
/// begins with `#` and the time.
@main
struct Main {
  static func main() async throws {
    let words = Array(CommandLine.arguments.dropFirst())
    switch (words.first, words.count) {
    case ("serve", 5):
      guard let port = UInt16(words[2]), let delay = Int(words[4]), 0...10_000 ~= delay else { throw Usage() }
      try await FaultyService(name: words[1], port: port, id: words[3], delay: .milliseconds(delay)).run()
    case ("call", 6):
      guard let policy = BalancingPolicy(rawValue: words[2]), let rate = Int(words[3]), 1...10_000 ~= rate,
        let seconds = Int(words[4]), 1...600 ~= seconds, let timeout = Int(words[5]), 1...60_000 ~= timeout
      else { throw Usage() }
      let caller = try SteadyCaller(
        service: words[1], policy: policy, rate: rate, attemptTimeout: .milliseconds(timeout))
      try await caller.run(for: .seconds(seconds))
    default: throw Usage()
    }
  }
}

struct Usage: Error, CustomStringConvertible {
  var description: String {
    "usage: steady-load serve NAME PORT ID MILLISECONDS | call NAME POLICY RATE SECONDS TIMEOUT"
  }
}
