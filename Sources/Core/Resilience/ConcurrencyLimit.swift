/// How many calls run at once; those beyond are refused at once instead of waiting in a queue that only grows.
public struct ConcurrencyLimit: Sendable, Hashable {
  /// The most calls at once: 1 … 1,000,000.
  public let maximum: Int
  /// The calls that run.
  public private(set) var running = 0

  /// A limit of this many calls.
  ///
  /// - Throws: ``ResilienceError`` for a value out of range.
  public init(_ maximum: Int) throws(ResilienceError) {
    try ResilienceError.check(maximum, in: 1...1_000_000, "ConcurrencyLimit.maximum")
    self.maximum = maximum
  }

  /// Takes a place; give it back with ``release()``.
  ///
  /// - Returns: false if there is none.
  public mutating func acquire() -> Bool {
    guard running < maximum else { return false }
    running += 1
    return true
  }

  /// Gives a place back; without a place taken it does nothing.
  public mutating func release() {
    running = max(running - 1, 0)
  }
}
