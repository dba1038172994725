internal import MusterThreading

/// Passes on a bounded number of messages: clients cause them, and must not be able to fill a disk.
package final class LogLimiter: Sendable {
  private struct State {
    var windowEnd: ContinuousClock.Instant?
    var count = 0
    var dropped = 0
  }

  /// How long messages are counted together.
  package static let window = Duration.seconds(10)
  /// How many pass in that time.
  package static let mostPerWindow = 20

  private let state = Locked(State())
  private let log: @Sendable (String) -> Void

  /// Makes a limiter in front of `log`.
  package init(_ log: @escaping @Sendable (String) -> Void) {
    self.log = log
  }

  /// Passes the message on, or counts it.
  package func write(_ message: String, now: ContinuousClock.Instant = .now) {
    let (passes, dropped) = state.withLock { state -> (Bool, Int) in
      var dropped = 0
      if state.windowEnd.map({ now >= $0 }) ?? true {
        dropped = state.dropped
        state = State(windowEnd: now + Self.window)
      }
      state.count += 1
      guard state.count <= Self.mostPerWindow else {
        state.dropped += 1
        return (false, 0)
      }
      return (true, dropped)
    }
    if dropped > 0 { log("\(dropped) more messages of the HTTP server were left out") }
    if passes { log(message) }
  }
}
