internal import MusterBalancing
internal import MusterJSON
internal import MusterSimulation

extension Outcome {
  /// One line of JSON; times are in milliseconds.
  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("scenario", scenario.rawValue)
      writer.field("policy", policy.rawValue)
      writer.field("calls", calls)
      writer.field("failed", failed)
      Self.write(&writer, "p50", median)
      Self.write(&writer, "p99", p99)
      Self.write(&writer, "p99.9", p999)
      Self.write(&writer, "busiest", busiest)
      if let affected { Self.write(&writer, "affected", affected) }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func write(_ writer: inout JSONWriter, _ key: StaticString, _ value: Double) {
    writer.key(key)
    writer.number((value * 1_000).rounded() / 1_000)
  }
}
