/// How long to wait before a call is tried again: a time drawn evenly from 0 to min(initial · multiplier^(n − 1), maximum).
///
/// "Full jitter" (Brooker, "Exponential backoff and jitter", 2015): callers that failed together do not come back together.
public struct Backoff: Sendable, Hashable {
  /// The longest wait before the first retry. Default 25 ms.
  public var initial: Duration
  /// The longest wait before any retry. Default 1 s.
  public var maximum: Duration
  /// What the longest wait grows by from one retry to the next. Default 2.
  public var multiplier: Double

  /// The defaults, where nothing else is said.
  public init(initial: Duration = .milliseconds(25), maximum: Duration = .seconds(1), multiplier: Double = 2) {
    self.initial = initial
    self.maximum = maximum
    self.multiplier = multiplier
  }

  /// The wait before retry number `retry`, from 1.
  public func pause(beforeRetry retry: Int, random: inout some RandomNumberGenerator) -> Duration {
    var longest = initial
    for _ in 1..<max(retry, 1) where longest < maximum { longest = longest * multiplier }
    let share = Double.random(in: 0...1, using: &random)
    return min(longest, maximum) * share
  }

  /// - Throws: `ResilienceError` when a setting makes no sense.
  public func validate() throws(ResilienceError) {
    try ResilienceError.check("backoff.initial", initial, in: .zero...Duration.seconds(3_600))
    try ResilienceError.check("backoff.maximum", maximum, in: initial...Duration.seconds(3_600))
    try ResilienceError.check("backoff.multiplier", multiplier, in: 1...100)
  }
}
