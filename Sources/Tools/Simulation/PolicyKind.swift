internal import MusterBalancing

/// What a policy goes by.
enum PolicyKind: String, CaseIterable {
  case blind = "takes turns or draws"
  case load = "goes by loads"
  case key = "goes by keys"

  init(_ policy: BalancingPolicy) {
    switch policy {
    case .random, .roundRobin, .weightedRoundRobin: self = .blind
    case .leastConnections, .weightedLeastConnections, .powerOfTwo, .peakEWMA: self = .load
    case .ringHash, .maglev, .rendezvous: self = .key
    }
  }

  var colour: String {
    switch self {
    case .blind: "#c2783c"
    case .load: "#2f7d5b"
    case .key: "#4a6fb5"
    }
  }
}
