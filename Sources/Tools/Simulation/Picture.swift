/// Outcomes as a picture in SVG: a panel for each scenario, a row for each policy.
package struct Picture {
  private let outcomes: [Outcome]
  private let plan: SimulationPlan

  private static let columns = 2
  private static let panelWidth = 530
  private static let legendHeight = 76

  /// A picture of these outcomes of one plan.
  package init(_ outcomes: [Outcome], plan: SimulationPlan) {
    self.outcomes = outcomes
    self.plan = plan
  }

  /// The picture, as an SVG document.
  package var svg: String {
    let panels = Scenario.allCases.map { scenario in outcomes.filter { $0.scenario == scenario } }.filter {
      !$0.isEmpty
    }
    let panelHeight = PicturePanel.height(rows: panels.map(\.count).max() ?? 0)
    let rows = (panels.count + Self.columns - 1) / Self.columns
    let width = Self.panelWidth * Self.columns
    let height = Self.legendHeight + rows * panelHeight
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" font-family=\"sans-serif\" "
        + "font-size=\"12\" fill=\"#222\">",
      "<title>Latency and load by balancing policy</title>",
      "<rect width=\"\(width)\" height=\"\(height)\" fill=\"#fff\"/>",
    ]
    lines += legend
    for (index, outcomes) in panels.enumerated() {
      let left = index % Self.columns * Self.panelWidth
      let top = Self.legendHeight + index / Self.columns * panelHeight
      lines += PicturePanel(outcomes, left: left, top: top).lines
    }
    lines.append("</svg>")
    return lines.joined(separator: "\n") + "\n"
  }

  private var legend: [String] {
    let what =
      "\(plan.callers) callers, \(plan.instances) instances, \(plan.load) % load; latencies in milliseconds, "
      + "\(plan.seconds) s from the trouble on"
    let how =
      "dot: median; bar: to the 99th percentile; line: to the 99.9th; share: calls of the affected instance over an even share"
    var lines = [
      "<text x=\"16\" y=\"22\" font-size=\"15\" font-weight=\"bold\">Latency and load by balancing policy</text>",
      "<text x=\"16\" y=\"41\">\(what)</text>", "<text x=\"16\" y=\"58\" fill=\"#555\">\(how)</text>",
    ]
    var left = 600
    for kind in PolicyKind.allCases {
      lines.append("<rect x=\"\(left)\" y=\"12\" width=\"12\" height=\"10\" fill=\"\(kind.colour)\"/>")
      lines.append("<text x=\"\(left + 18)\" y=\"22\">\(kind.rawValue)</text>")
      left += 155
    }
    return lines
  }
}
