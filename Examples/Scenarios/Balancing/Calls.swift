internal import Muster

/// Calls to three servers in simulated time: one a millisecond, each of which takes 30 ms, or 3 s on a slow server.
struct Calls {
  private let policy: BalancingPolicy
  private let slow: String?
  private let balancer: Balancer
  private let start = ContinuousClock.now

  private let weights: [String: Int]

  init(
    _ policy: BalancingPolicy, over weights: [String: Int] = ["server1": 2, "server2": 5, "server3": 3],
    slow: String? = nil
  ) throws {
    self.weights = weights
    self.policy = policy
    self.slow = slow
    balancer = try Balancer(policy, seed: 1, now: start)
    balancer.update(Self.instances(weights), at: start)
  }

  /// The share of the calls that each server got.
  func shares() -> [String: Double] {
    let count = 10_000
    var underWay: [(pick: Pick, end: ContinuousClock.Instant)] = []
    var calls: [String: Int] = [:]
    for number in 0..<count {
      let now = start + .milliseconds(number)
      for call in underWay where call.end <= now { call.pick.finish(.success, at: call.end) }
      underWay.removeAll { $0.end <= now }
      guard let pick = balancer.pick(key: StableHash.of("key-\(number)"), at: now) else { continue }
      calls[pick.instance.id, default: 0] += 1
      underWay.append((pick, now + .milliseconds(pick.instance.id == slow ? 3_000 : 30)))
    }
    return calls.mapValues { Double($0) / Double(count) }
  }

  /// How many keys change their server when one leaves, and how many of those need not have.
  func movedKeys(of count: Int, without gone: String) -> (total: Int, needless: Int) {
    let before = owners(count)
    balancer.update(Self.instances(weights.filter { $0.key != gone }), at: start)
    let moved = zip(before, owners(count)).filter { $0 != $1 }
    return (moved.count, moved.count { $0.0 != gone })
  }

  private func owners(_ count: Int) -> [String] {
    (0..<count).compactMap { number in
      let pick = balancer.pick(key: StableHash.of("key-\(number)"), at: start)
      pick?.finish(.success, at: start)
      return pick?.instance.id
    }
  }

  private static func instances(_ weights: [String: Int]) -> [Instance] {
    weights.sorted { $0.key < $1.key }.map { id, weight in
      Instance(id: id, service: "server", endpoint: Endpoint(host: id, port: 80), weight: weight)
    }
  }
}
