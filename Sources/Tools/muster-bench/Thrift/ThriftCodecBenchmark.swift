internal import MusterLoad
internal import MusterThrift
internal import MusterThriftSample

/// How many structs of 1 KB one thread writes and reads a second, beside ThriftPy's C implementation.
struct ThriftCodecBenchmark: Benchmark {
  let figures = ["thrift.codec.encode", "thrift.codec.decode"]

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    bench.say("thrift.codec: measuring")
    let operations = bench.size(100_000, quick: 1_000)
    let sample = Sample.usual
    let bytes = try Self.encoded(sample)
    guard (900...1_200).contains(bytes.count), try Self.decoded(bytes) == sample else {
      throw LoadError(.process, "a sample of \(bytes.count) bytes is not read as it was written")
    }
    var references: [(encode: Double, decode: Double)?] = []
    let encode = try Comparison(rounds: bench.rounds) { () throws(LoadError) in
      try Self.rate(operations) { () throws(LoadError) in try Self.encoded(sample).count }
    } reference: { () throws(LoadError) in
      references.append(try ThriftPyCodec(ifInstalledFor: bench, operations: operations)?.rates())
      return references.last??.encode
    }
    var round = 0
    let decode = try Comparison(rounds: bench.rounds) { () throws(LoadError) in
      try Self.rate(operations) { () throws(LoadError) in try Self.decoded(bytes).numbers.count }
    } reference: {
      defer { round += 1 }
      return references[round]?.decode
    }
    let name = "thriftpy2's C implementation"
    return [
      encode.figure("thrift.codec.encode", unit: "struct/s", goal: .ratioAtLeast(1), reference: name),
      decode.figure("thrift.codec.decode", unit: "struct/s", goal: .ratioAtLeast(1), reference: name),
    ]
  }

  private static func encoded(_ sample: Sample) throws(LoadError) -> [UInt8] {
    var writer = ThriftBinaryWriter()
    do {
      try sample.write(to: &writer)
    } catch {
      throw LoadError(.process, error.description)
    }
    return writer.bytes
  }

  private static func decoded(_ bytes: [UInt8]) throws(LoadError) -> Sample {
    var reader = ThriftBinaryReader()
    do {
      return try Sample(reading: bytes.span, with: &reader)
    } catch {
      throw LoadError(.process, error.description)
    }
  }

  /// Operations a second; what they return has to be used, so that they are not left out.
  private static func rate(
    _ count: Int, _ operation: () throws(LoadError) -> Int
  ) throws(LoadError) -> Double {
    let start = ContinuousClock.now
    var sum = 0
    for _ in 0..<count { sum &+= try operation() }
    let seconds = start.duration(to: .now) / .seconds(1)
    return sum > 0 ? Double(count) / seconds : 0
  }
}
