/// How long to wait before a retry: anything from nothing to a bound that grows with each one.
///
/// Spreading the waits over the whole range ("full jitter") keeps callers that failed together from coming back
/// together: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
public struct Backoff: Sendable, Hashable {
  /// The bound before the first retry: 0 … 1 day, by default 10 ms, since the retry goes to another instance.
  public let initial: Duration
  /// The greatest bound: `initial` … 1 day, by default 1 s.
  public let maximum: Duration
  /// By what the bound grows each time: 1 … 100, by default 2.
  public let multiplier: Double

  /// The defaults.
  public static let standard = Backoff()
  /// No wait at all.
  public static let none = Backoff(unchecked: .zero, .zero, 1)

  private init() {
    self.init(unchecked: .milliseconds(10), .seconds(1), 2)
  }

  private init(unchecked initial: Duration, _ maximum: Duration, _ multiplier: Double) {
    self.initial = initial
    self.maximum = maximum
    self.multiplier = multiplier
  }

  /// Waits with these bounds.
  ///
  /// - Throws: ``ResilienceError`` for values out of range.
  public init(
    initial: Duration = .milliseconds(10), maximum: Duration = .seconds(1), multiplier: Double = 2
  ) throws(ResilienceError) {
    try ResilienceError.check(initial, in: .zero ... .longestSetting, "Backoff.initial")
    try ResilienceError.check(multiplier, in: 1...100, "Backoff.multiplier")
    try ResilienceError.check(maximum, in: initial ... .longestSetting, "Backoff.maximum")
    self.init(unchecked: initial, maximum, multiplier)
  }

  /// The longest wait before this retry, the first of which is 1.
  public func bound(ofRetry retry: Int) -> Duration {
    var bound = initial
    // Bounded, since a multiplier of 1 never reaches the maximum.
    for _ in 1..<min(max(retry, 1), 1_000) where bound < maximum {
      bound = min(bound * multiplier, maximum)
    }
    return bound
  }

  /// A wait before this retry, the first of which is 1: any length up to the bound is equally likely.
  public func delay(beforeRetry retry: Int, using random: inout some RandomNumberGenerator) -> Duration {
    bound(ofRetry: retry) * Double.random(in: 0...1, using: &random)
  }
}
