internal import Glibc
internal import MusterBalancing
internal import MusterCommandLine
internal import MusterSimulation

/// The program: it reads the command line, runs the simulations and shows what came out.
@main
struct MusterSim: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "muster-sim",
      abstract: "Simulate how balancing policies cope with slow, dying and joining instances",
      discussion: """
        Simulated callers make calls to simulated instances, to one of which something happens. The balancers are the \
        real ones. Nothing but them decides: no retries, no ejection. The same seed gives the same figures.

        Policies: \(BalancingPolicy.allValueStrings.joined(separator: ", ")); all when none is given.
        """)
  }

  @Argument(help: ArgumentHelp("what to simulate", valueName: "POLICY")) var policies: [BalancingPolicy]
  @Option(help: ArgumentHelp("what happens; may be repeated, all when none is given", valueName: "NAME"))
  var scenario: [Scenario]
  @Option(help: ArgumentHelp("where random numbers begin", valueName: "N")) var seed = 1
  @Option(help: ArgumentHelp("how much of what the instances can do is asked of them", valueName: "PERCENT"))
  var load = SimulationPlan().load
  @Option(help: ArgumentHelp("instances at the start", valueName: "N")) var instances = SimulationPlan().instances
  @Option(help: ArgumentHelp("callers, each with a balancer of its own", valueName: "N"))
  var callers = SimulationPlan().callers
  @Option(help: ArgumentHelp("simulated seconds from the trouble on", valueName: "N"))
  var seconds = SimulationPlan().seconds
  @Flag(help: "print one JSON object a line") var json
  @Option(help: ArgumentHelp("write a picture too", valueName: "FILE"), completion: .file) var svg: String?

  private var plan: SimulationPlan {
    var plan = SimulationPlan()
    plan.seed = UInt64(truncatingIfNeeded: seed)
    plan.load = load
    plan.instances = instances
    plan.callers = callers
    plan.seconds = seconds
    return plan
  }

  func validate() throws(CommandError) {
    do {
      try plan.validate()
    } catch {
      throw CommandError(.usage, error.message)
    }
  }

  func run() throws(CommandError) {
    var outcomes: [Outcome] = []
    for scenario in Scenario.allCases where self.scenario.isEmpty || self.scenario.contains(scenario) {
      for policy in BalancingPolicy.allCases where policies.isEmpty || policies.contains(policy) {
        let outcome = try simulate(policy, scenario)
        if json { try StandardStream.output.print(outcome.json) }
        outcomes.append(outcome)
      }
    }
    if !json { try StandardStream.output.write(OutcomeTable.text(outcomes)) }
    if let svg { try TextFile.write(Picture(outcomes, plan: plan).svg, to: svg) }
  }

  private func simulate(_ policy: BalancingPolicy, _ scenario: Scenario) throws(CommandError) -> Outcome {
    do {
      return try Simulation.run(policy, scenario, plan)
    } catch {
      throw CommandError(.failed, error.message)
    }
  }

  static func main() {
    StandardStream.ignoreBrokenPipes()
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ words: [String]) -> Int32 {
    let name = configuration.commandName
    do throws(CommandError) {
      switch CommandLineResolution(words, root: MusterSim.self, width: Terminal.output.textWidth) {
      case .help(let text): try StandardStream.output.write(text)
      case .refuse(let error, _, let usage):
        StandardStream.error.note("\(name): \(error.message)\n\n\(usage)")
        return error.code.exitStatus
      case .run(var command, _): try command.run()
      }
      return 0
    } catch {
      if error.code.exitStatus != 0 { StandardStream.error.note("\(name): \(error.message)") }
      return error.code.exitStatus
    }
  }
}
