/// Writes Prometheus' text format.
struct MetricsPage {
  private(set) var text = ""

  /// Begins a family of numbers.
  mutating func begin(_ name: String, _ kind: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  /// A number.
  mutating func line(_ name: String, _ labels: String, _ value: UInt64) {
    text += "\(name){\(labels)} \(value)\n"
  }

  /// A histogram's numbers.
  mutating func histogram(_ name: String, _ labels: String, _ latency: LatencyCounts) {
    var passed: UInt64 = 0
    for (bound, count) in zip(LatencyCounts.bounds, latency.counts) {
      passed += count
      text += "\(name)_bucket{\(labels),le=\"\(Double(bound) / 1_000_000)\"} \(passed)\n"
    }
    passed += latency.counts.last ?? 0
    text += "\(name)_bucket{\(labels),le=\"+Inf\"} \(passed)\n"
    text += "\(name)_sum{\(labels)} \(latency.total / .seconds(1))\n"
    text += "\(name)_count{\(labels)} \(passed)\n"
  }

  /// A label's value, which an instance has chosen.
  func escape(_ value: String) -> String {
    var escaped = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
