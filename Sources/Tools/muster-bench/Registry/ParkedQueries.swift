internal import MusterLoad

/// Many requests that wait, each on a connection of its own.
struct ParkedQueries: ~Copyable {
  private var client: LoadClient
  private var trigger: LoadClient

  init(port: UInt16, count: Int) throws(LoadError) {
    let trigger = try LoadClient(port: port, connections: 1)
    client = try LoadClient(port: port, connections: count)
    self.trigger = trigger
  }

  /// Sends the request on all connections and returns when `parked` says that all wait.
  mutating func park(_ request: [UInt8], parked: () throws(LoadError) -> Int) throws(LoadError) {
    for connection in 0..<client.connections { try client.send(request, on: connection) }
    try Waiting.until("all requests wait") { () throws(LoadError) in try parked() == client.connections }
  }

  /// Sends a request that ends the waiting, and measures from then on until each answer was whole.
  mutating func release(_ request: [UInt8]) throws(LoadError) -> LatencyHistogram {
    var histogram = LatencyHistogram()
    let start = MonotonicClock.nanoseconds
    try trigger.send(request, on: 0)
    while client.outstanding > 0 {
      try client.receive()
      for response in client.responses {
        guard response.status == 200 else {
          throw LoadError(.badAnswer, "a blocking query was answered with the status \(response.status)")
        }
        histogram.record(response.received - start)
      }
    }
    while trigger.outstanding > 0 { try trigger.receive() }
    return histogram
  }
}
