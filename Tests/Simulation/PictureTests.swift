internal import MusterBalancing
internal import MusterSimulation
internal import Testing

@Suite("A picture of simulations")
struct PictureTests {
  @Test("has a panel for each scenario and a row for each policy, all within its bounds")
  func panels() throws {
    var plan = SimulationPlan()
    plan.instances = 2
    plan.seconds = 1
    var outcomes: [Outcome] = []
    for scenario in Scenario.allCases {
      for policy in [BalancingPolicy.roundRobin, .powerOfTwo] {
        outcomes.append(try Simulation.run(policy, scenario, plan))
      }
    }
    let svg = Picture(outcomes, plan: plan).svg
    for scenario in Scenario.allCases { #expect(svg.contains(">\(scenario.title)</text>")) }
    #expect(svg.split(separator: ">p2c</text>").count == Scenario.allCases.count + 1)
    #expect(svg.split(separator: "<circle").count == outcomes.count + 1)
    #expect(svg.split(separator: "<g ").count == svg.split(separator: "</g>").count)
    // A bar ends at the right end of the axis at most.
    let ends = svg.split(separator: "<rect x=\"").dropFirst().compactMap { bar -> Double? in
      let parts = bar.split(separator: "\"")
      guard parts.count > 4, let x = Double(parts[0]), let width = Double(parts[4]) else { return nil }
      return parts.contains(" opacity=") ? x + width : nil
    }
    #expect(ends.count == outcomes.count)
    #expect(ends.allSatisfy { $0 <= 376.1 })
  }

  @Test(
    "has numbers as short as they may be",
    arguments: [
      (1.0, 0, "1"), (0.05, 1, "0.1"), (-0.04, 1, "0.0"), (-1.26, 1, "-1.3"), (12.345, 2, "12.35"), (1_000, 0, "1000"),
      (0.999, 2, "1.00"), (3.04, 2, "3.04"),
    ])
  func numbers(value: Double, digits: Int, text: String) {
    #expect(Figures.text(value, digits: digits) == text)
  }
}
