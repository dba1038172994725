/// All benchmarks, by group.
enum Groups {
  private static let all: [(name: String, benchmarks: [any Benchmark])] = [
    (
      "registry",
      [
        QueryBenchmark(), RegistrationBenchmark(), HeartbeatBenchmark(), WatchBenchmark(), StreamBenchmark(),
        UnrelatedWatchBenchmark(), CapacityBenchmark(),
      ]
    ),
    ("dns", [DNSBenchmark()]),
    ("balancing", [PickBenchmark(), ScaleBenchmark()]),
    ("resilience", [CallBenchmark()]),
    ("client", [ServiceClientBenchmark()]),
    ("thrift", [ThriftCodecBenchmark(), ThriftProxyBenchmark(), IdleConnectionBenchmark()]),
  ]

  static var names: [String] { all.map(\.name) }

  /// Those of the groups, or that give figures whose names begin so; all when no name is given.
  static func benchmarks(named names: [String]) -> [any Benchmark] {
    all.flatMap(\.benchmarks).filter { benchmark in
      names.isEmpty
        || names.contains { name in
          benchmark.figures.contains { figure in "\(figure).".hasPrefix("\(name).") || name.hasPrefix("\(figure).") }
        }
    }
  }
}
