internal import MusterLoad

/// Measures something and its reference in turn, so that what else the machine does hits both.
struct Comparison {
  private(set) var values: [Double] = []
  private(set) var references: [Double] = []

  /// Measures as many rounds as asked for; `reference` gives nil when there is none.
  init(
    rounds: Int, _ value: () throws(LoadError) -> Double, reference: () throws(LoadError) -> Double?
  ) throws(LoadError) {
    for _ in 0..<rounds {
      values.append(try value())
      if let reference = try reference() { references.append(reference) }
    }
  }

  /// A figure of the medians.
  func figure(_ name: String, unit: String, goal: Figure.Goal?, reference: String) -> Figure {
    var figure = Figure(name: name, value: values.median, unit: unit, goal: goal)
    guard !references.isEmpty, references.count == values.count else { return figure }
    figure.reference = references.median
    figure.referenceName = reference
    figure.ratio = zip(values, references).map { $1 > 0 ? $0 / $1 : 0 }.median
    return figure
  }
}

extension [Double] {
  /// The middle one; 0 when there is none.
  var median: Double {
    let sorted = sorted()
    guard let upper = sorted.dropFirst(count / 2).first else { return 0 }
    return count % 2 == 1 ? upper : (upper + sorted[count / 2 - 1]) / 2
  }
}
