/// The pauses between attempts to reach a registry that is away: they double from 100 ms to at most 10 s, and are spread
/// by chance between half and all of that, so that the watchers of a registry do not come back together.
public struct RetryPause: Sendable, Hashable {
  /// The longest first pause.
  public static let first = Duration.milliseconds(100)
  /// The longest pause of all.
  public static let longest = Duration.seconds(10)
  /// Failures in a row, as far as they make a difference: 100 ms · 2^7 is above 10 s.
  public private(set) var failures = 0
  private static let mostFailures = 7

  /// The first pause is the next.
  public init() {}

  /// The pause after one more failure.
  ///
  /// - Parameter chance: from 0 to 1, by chance.
  /// - Returns: how long to wait.
  public mutating func next(chance: Double) -> Duration {
    let full = min(Self.first * (1 << failures), Self.longest)
    failures = min(failures + 1, Self.mostFailures)
    return full * (0.5 + 0.5 * min(max(chance, 0), 1))
  }

  /// It went well: the first pause is the next again.
  public mutating func reset() { failures = 0 }
}
