/// Waits that double with each failure in a row and are spread by chance, so that what failed together does not come back
/// together.
struct Backoff: Equatable, Sendable {
  /// The longest first wait.
  let first: Duration
  /// The longest wait of all.
  let longest: Duration
  /// Failures in a row.
  private(set) var failures = 0

  init(first: Duration, longest: Duration) {
    self.first = first
    self.longest = longest
  }

  /// Counts a failure and returns how long to wait: at least half of what it could be.
  mutating func fail(using random: inout some RandomNumberGenerator) -> Duration {
    let limit = min(first * (1 << min(failures, 16)), longest)
    failures = min(failures + 1, 1_000)
    return limit * Double.random(in: 0.5...1, using: &random)
  }

  mutating func succeed() {
    failures = 0
  }
}
