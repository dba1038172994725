internal import MusterBalancing
internal import MusterCommandLine
internal import MusterSimulation

extension BalancingPolicy: ExpressibleByArgument {}

extension Scenario: ExpressibleByArgument {}
