/// How a run is set up. Times are simulated: a run takes as long as its events take to work off.
///
/// Callers, each with a balancer of its own, make calls at random moments (a Poisson process). An instance works on eight calls
/// at a time, and the others wait in line. A call is 10 ms of work on average, exponentially distributed.
package struct SimulationPlan: Sendable, Hashable {
  /// Where random numbers begin: the same plan gives the same figures. All policies are given the same calls.
  package var seed: UInt64 = 1
  /// What part of what the instances can do is asked of them, in per cent. Default 70.
  package var load = 70
  /// The instances at the start. Default 10.
  package var instances = 10
  /// Callers that know nothing of each other's calls. Default 4.
  package var callers = 4
  /// How long is measured, beginning with the trouble. Default 10.
  package var seconds = 10

  /// The calls that an instance works on at a time.
  package static let slots = 8
  /// The mean work of a call, in nanoseconds.
  static let work = 10_000_000.0
  /// When callers give up.
  static let deadline: Int64 = 1_000_000_000
  /// How long it takes to be told that nobody listens.
  static let refusal: Int64 = 1_000_000
  /// When the trouble begins; calls before it are not counted.
  static let start: Int64 = 2_000_000_000
  /// From the trouble until the registry has noticed.
  static let detection: Int64 = 2_000_000_000
  /// How slow a slow or cold instance is.
  static let slowness = 5.0
  /// From cold to warm.
  static let warming: Int64 = 5_000_000_000
  /// The keys that calls are about, each as often as the other.
  static let keys = 10_000

  /// The defaults.
  package init() {}

  /// The time of the last call.
  var end: Int64 { Self.start + Int64(seconds) * 1_000_000_000 }

  /// The mean time between calls, in nanoseconds.
  var interval: Double { Self.work / Double(instances * Self.slots) / (Double(load) / 100) }

  /// - Throws: `SimulationError` with the first value that is out of range.
  package func validate() throws(SimulationError) {
    try Self.check("load", load, in: 1...100)
    try Self.check("instances", instances, in: 2...1_000)
    try Self.check("callers", callers, in: 1...64)
    try Self.check("seconds", seconds, in: 1...600)
    guard instances * seconds <= 2_000 else {
      throw SimulationError(
        message: "instances times seconds is \(instances * seconds): it may be 2000, since all calls are kept")
    }
  }

  private static func check(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(SimulationError) {
    guard range.contains(value) else {
      throw SimulationError(message: "\(name) is \(value): it must be from \(range.lowerBound) to \(range.upperBound)")
    }
  }
}

/// A plan that can't be run.
package struct SimulationError: Error, Sendable, CustomStringConvertible {
  /// The setting, its value and what is allowed.
  package let message: String

  /// The message.
  package var description: String { message }
}
