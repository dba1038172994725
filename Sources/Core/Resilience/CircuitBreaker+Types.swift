extension CircuitBreaker {
  /// Whether calls get through, with what is known in each state.
  public enum State: Sendable, Hashable {
    /// All calls get through.
    case closed(consecutiveFailures: Int)
    /// No call gets through until then; opened this many times since it was last closed.
    case open(until: ContinuousClock.Instant, times: Int)
    /// A few calls find out how the instance is; all places are free again at `until`.
    case halfOpen(running: Int, succeeded: Int, until: ContinuousClock.Instant, times: Int)
  }

  /// The answer to a call that wants through.
  public enum Admission: Sendable, Hashable {
    /// Let it through and report how it ended with this pass.
    case admitted(Pass)
    /// Don't call the instance before then.
    case refused(until: ContinuousClock.Instant)
  }

  /// What a call that was let through reports with, so that a late report is not taken for that of a probe.
  public struct Pass: Sendable, Hashable {
    let epoch: UInt32
    /// Whether the call is one of those that find out how the instance is.
    public let isProbe: Bool
  }

  /// A change of state that a report brought about.
  public enum Change: Sendable, Hashable {
    /// No call gets through for this long.
    case opened(Reason, for: Duration)
    /// All calls get through again.
    case closed
  }

  /// Why a breaker opened.
  public enum Reason: Sendable, Hashable, CustomStringConvertible {
    /// So many failures without a success in between.
    case consecutiveFailures(Int)
    /// So many failures among so many outcomes.
    case failureShare(failures: Int, samples: Int)
    /// A call that tried the instance again failed.
    case probeFailed

    /// The reason in words.
    public var description: String {
      switch self {
      case .consecutiveFailures(let count): "\(count) failures in a row"
      case .failureShare(let failures, let samples): "\(failures) of \(samples) calls failed"
      case .probeFailed: "the probe failed"
      }
    }
  }
}
