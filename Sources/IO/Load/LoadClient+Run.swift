extension LoadClient {
  /// When a run ends.
  public enum End: Sendable {
    /// After this time; what is answered later is waited for, but does not count.
    case after(seconds: Double)
    /// After this many requests.
    case requests(Int)
  }

  /// Keeps one request on each connection, until the end.
  ///
  /// - Parameters:
  ///   - end: When to stop.
  ///   - request: Makes the request with a number: 0, 1, 2, …
  /// - Returns: What it took.
  /// - Throws: `LoadError` when an answer is not 2xx, or can't be had.
  public mutating func run(_ end: End, _ request: (Int) -> [UInt8]) throws(LoadError) -> LoadResult {
    let start = MonotonicClock.nanoseconds
    let (most, deadline) = Self.bounds(end, from: start)
    var result = LoadResult()
    var sent = 0
    while sent < min(connections, most) {
      try send(request(sent), on: sent)
      sent += 1
    }
    var last = start
    while outstanding > 0 {
      try receive()
      for index in responses.indices {
        let response = responses[index]
        guard (200..<300).contains(response.status) else {
          throw LoadError(.badAnswer, "a request was answered with the status \(response.status)")
        }
        if response.received <= deadline {
          result.answers += 1
          result.bodyBytes += response.bodyBytes
          result.latency.record(response.received - response.sent)
          last = response.received
          guard sent < most else { continue }
          try send(request(sent), on: response.connection)
          sent += 1
        }
      }
    }
    result.nanoseconds = last - start
    return result
  }

  private static func bounds(_ end: End, from start: UInt64) -> (most: Int, deadline: UInt64) {
    switch end {
    case .after(let seconds): (.max, start + UInt64(max(seconds, 0) * 1e9))
    case .requests(let count): (count, .max)
    }
  }
}
