/// Bounds the calls under way, so that a slow service does not use up its caller.
public struct ConcurrencyLimit: Sendable {
  /// The calls that may be under way.
  public let limit: Int
  /// The calls under way.
  public private(set) var underWay = 0

  /// A limit from 1 to 1,000,000.
  ///
  /// - Throws: `ResilienceError` for any other.
  public init(_ limit: Int) throws(ResilienceError) {
    try ResilienceError.check("concurrencyLimit", limit, in: 1...1_000_000)
    self.limit = limit
  }

  /// Whether another call may begin; it is counted then, until `end`.
  public mutating func begin() -> Bool {
    guard underWay < limit else { return false }
    underWay += 1
    return true
  }

  /// A call has ended.
  public mutating func end() { underWay = max(underWay - 1, 0) }
}
