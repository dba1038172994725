import MusterDiscovery

@testable import MusterSharding

/// Instances by id and weight.
func members(_ weights: [String: Int]) -> [Instance] {
  weights.map { Instance(id: $0.key, service: "workers", endpoint: Endpoint(host: "h", port: 1), weight: $0.value) }
}

func live(_ ids: String...) -> Snapshot { live(Dictionary(uniqueKeysWithValues: ids.map { ($0, 1) })) }

func live(_ weights: [String: Int]) -> Snapshot { Snapshot(service: "workers", instances: members(weights)) }

/// What a member owns among members by weight, when all has settled.
func settled(_ id: String, _ weights: [String: Int]) -> Ownership {
  Ownership(
    own: Contender(hash: Score.hash(id), weight: weights[id] ?? 0),
    rivals: weights.filter { $0.key != id }.map { Contender(hash: Score.hash($0.key), weight: $0.value) })
}

/// Keys as users have them: alike but for a number.
func keys(_ count: Int) -> [String] { (0..<count).map { "account-\($0)" } }
