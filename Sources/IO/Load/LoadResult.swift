/// What a run of requests took.
public struct LoadResult: Sendable {
  /// Answers, all with a status of 2xx.
  public internal(set) var answers = 0
  /// Nanoseconds from the first request to the last answer that counts.
  public internal(set) var nanoseconds: UInt64 = 0
  /// Bytes of the bodies.
  public internal(set) var bodyBytes = 0
  /// From a request's sending until its answer was whole.
  public internal(set) var latency = LatencyHistogram()

  /// Answers a second; 0 when no time has passed.
  public var rate: Double {
    nanoseconds > 0 ? Double(answers) * 1e9 / Double(nanoseconds) : 0
  }
}
