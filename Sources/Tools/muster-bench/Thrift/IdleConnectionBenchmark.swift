internal import MusterLoad

/// What a connection costs that has carried a call and now carries none, with the one to an instance that belongs to it.
struct IdleConnectionBenchmark: Benchmark {
  let figures = ["thrift.idle.memory"]

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    let count = bench.size(4_000, quick: 200)
    let answerer = try ThriftAnswerer(processor: bench.answerProcessor)
    defer { withExtendedLifetime(answerer) {} }
    let proxy = try MusterProxy(bench, servers: [answerer.port])
    // What the first calls need is needed once.
    var few = try ThriftLoad(port: proxy.port, connections: 100)
    try few.touchAll()
    let before = try proxy.child.residentBytes()
    bench.say("thrift: \(count) idle connections")
    var many = try ThriftLoad(port: proxy.port, connections: count)
    try many.touchAll()
    let after = try proxy.child.residentBytes()
    let each = Double(after - before) / Double(count)
    return [Figure(name: "thrift.idle.memory", value: each, unit: "B/connection", goal: .atMost(8_192))]
  }
}
