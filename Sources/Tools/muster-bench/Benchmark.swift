internal import MusterLoad

/// Something that is measured.
protocol Benchmark: Sendable {
  /// How the names of its figures begin, such as `registry.query`.
  var figures: [String] { get }

  /// Measures.
  func run(_ bench: Bench) throws(LoadError) -> [Figure]
}
