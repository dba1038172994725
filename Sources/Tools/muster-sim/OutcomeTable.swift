internal import MusterBalancing
internal import MusterCommandLine
internal import MusterSimulation

/// Outcomes as a table, for people.
enum OutcomeTable {
  private static let titles = [
    "Scenario", "Policy", "p50 ms", "p99 ms", "p99.9 ms", "Failed", "Busiest/mean", "Affected/fair",
  ]

  static func text(_ outcomes: [Outcome]) -> String {
    var table = TextTable(titles.enumerated().map { TextTable.Column($1, right: $0 >= 2) })
    for outcome in outcomes {
      table.append([
        .init(outcome.scenario.rawValue), .init(outcome.policy.rawValue),
        .init(Figures.milliseconds(outcome.median)), .init(Figures.milliseconds(outcome.p99)),
        .init(Figures.milliseconds(outcome.p999)), .init(Figures.percent(outcome.failedShare)),
        .init(Figures.text(outcome.busiest, digits: 2)),
        .init(outcome.affected.map { Figures.text($0, digits: 2) } ?? ""),
      ])
    }
    return table.text()
  }
}
