internal import Glibc
internal import MusterBalancing

/// One scenario's part of a picture.
struct PicturePanel {
  private let outcomes: [Outcome]
  private let left: Int
  private let top: Int

  /// Where the axis begins and how long it is.
  private static let axis = 196.0
  private static let axisLength = 180.0
  /// Milliseconds at the ends of the axis.
  private static let least = 1.0
  private static let decades = 3.0
  private static let rowHeight = 18
  private static let headHeight = 44

  init(_ outcomes: [Outcome], left: Int, top: Int) {
    self.outcomes = outcomes
    self.left = left
    self.top = top
  }

  static func height(rows: Int) -> Int { headHeight + rows * rowHeight + 22 }

  /// Its elements.
  var lines: [String] {
    guard let scenario = outcomes.first?.scenario else { return [] }
    let hasAffected = outcomes.contains { $0.affected != nil }
    var lines = ["<g transform=\"translate(\(left) \(top))\">"]
    lines.append("<text x=\"16\" y=\"18\" font-weight=\"bold\">\(scenario.title)</text>")
    lines += grid
    lines.append("<text x=\"424\" y=\"36\" text-anchor=\"end\" fill=\"#555\">p99</text>")
    if hasAffected { lines.append("<text x=\"464\" y=\"36\" text-anchor=\"end\" fill=\"#555\">share</text>") }
    lines.append("<text x=\"520\" y=\"36\" text-anchor=\"end\" fill=\"#555\">failed</text>")
    for (index, outcome) in outcomes.enumerated() {
      lines += row(outcome, at: Self.headHeight + index * Self.rowHeight)
    }
    lines.append("</g>")
    return lines
  }

  private var grid: [String] {
    let bottom = Self.headHeight + outcomes.count * Self.rowHeight
    return [1, 10, 100, 1_000].flatMap { milliseconds in
      let x = Self.place(Double(milliseconds))
      return [
        "<line x1=\"\(x)\" y1=\"40\" x2=\"\(x)\" y2=\"\(bottom)\" stroke=\"#ddd\"/>",
        "<text x=\"\(x)\" y=\"36\" text-anchor=\"middle\" fill=\"#555\">\(milliseconds)</text>",
      ]
    }
  }

  private func row(_ outcome: Outcome, at y: Int) -> [String] {
    let colour = PolicyKind(outcome.policy).colour
    let middle = y + Self.rowHeight / 2
    let base = middle + 4
    let median = Self.place(outcome.median)
    let p99 = Self.place(outcome.p99)
    let width = Figures.text(max(Self.position(outcome.p99) - Self.position(outcome.median), 0), digits: 1)
    var lines = [
      "<text x=\"\(Int(Self.axis) - 8)\" y=\"\(base)\" text-anchor=\"end\">\(outcome.policy.rawValue)</text>",
      "<line x1=\"\(p99)\" y1=\"\(middle)\" x2=\"\(Self.place(outcome.p999))\" y2=\"\(middle)\" stroke=\"\(colour)\"/>",
      "<rect x=\"\(median)\" y=\"\(middle - 4)\" width=\"\(width)\" height=\"8\" fill=\"\(colour)\" opacity=\"0.75\"/>",
      "<circle cx=\"\(median)\" cy=\"\(middle)\" r=\"4\" fill=\"\(colour)\"/>",
      "<text x=\"424\" y=\"\(base)\" text-anchor=\"end\">\(Figures.milliseconds(outcome.p99))</text>",
    ]
    if let affected = outcome.affected {
      lines.append("<text x=\"464\" y=\"\(base)\" text-anchor=\"end\">\(Figures.text(affected, digits: 2))</text>")
    }
    let failed = outcome.failed == 0 ? "–" : Figures.percent(outcome.failedShare)
    lines.append("<text x=\"520\" y=\"\(base)\" text-anchor=\"end\">\(failed)</text>")
    return lines
  }

  /// Where a time stands on the axis, which is logarithmic; times beyond it stand at its ends.
  private static func position(_ milliseconds: Double) -> Double {
    let part = log10(max(milliseconds, least) / least) / decades
    return axis + axisLength * min(part, 1)
  }

  private static func place(_ milliseconds: Double) -> String { Figures.text(position(milliseconds), digits: 1) }
}
