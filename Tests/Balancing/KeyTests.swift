internal import MusterBalancing
internal import MusterDiscovery
internal import Testing

@Suite("Policies with keys")
struct KeyTests {
  static let policies = BalancingPolicy.allCases.filter(\.usesKeys)

  @Test("Maglev's table is the same in wide entries as in narrow ones")
  func wideEntries() {
    let hashes = (0..<20).map { StableHash.of("i\($0)") }
    let weights = Array(repeating: 1, count: 20)
    let narrow = MaglevTable(hashes: hashes, weights: weights)
    let wide = MaglevTable(hashes: hashes, weights: weights, mostNarrow: 19)
    let picks = (0..<10_000).map { narrow.pick($0) }
    #expect(picks == (0..<10_000).map { wide.pick($0) })
    #expect(Set(picks) == Set(0..<20))
  }

  @Test("send the same key to the same instance, in every process", arguments: policies)
  func stable(policy: BalancingPolicy) throws {
    let weights = Array(repeating: 1, count: 20)
    let first = try Scenario(policy, weights: weights, seed: 1).owners(of: 1_000)
    let second = try Scenario(policy, weights: weights, seed: 2).owners(of: 1_000)
    #expect(first == second)
  }

  /// When one of n leaves, its own keys must move: K / n of them, plus 4 σ of how even shares are (ring: 8 % of a share
  /// each, rendezvous: √(K/n)); Maglev moves a few of the others' as well, 5 % of all in the paper's figure 12 at the most.
  @Test("move few keys when one instance of twenty leaves", arguments: policies)
  func movement(policy: BalancingPolicy) throws {
    let keys = 10_000
    let scenario = try Scenario(policy, weights: Array(repeating: 1, count: 20))
    let before = scenario.owners(of: keys)
    let rest = Scenario.instances(Array(repeating: 1, count: 20)).filter { $0.id != "i7" }
    scenario.balancer.update(rest, at: scenario.now)
    let after = scenario.owners(of: keys)
    let moved = zip(before, after).filter { $0 != $1 }.count
    let own = before.filter { $0 == "i7" }.count
    #expect(moved >= own)
    let slack = policy == .maglev ? keys / 20 : 0
    #expect(moved - own <= slack)
    #expect(Double(own) <= Double(keys) / 20 * 1.4)
  }

  @Test("rendezvous passes over an instance that has more than its share of calls")
  func bounded() throws {
    let scenario = try Scenario(.rendezvous, weights: [1, 1, 1, 1])
    var picks: [Pick] = []
    var counts: [String: Int] = [:]
    for _ in 0..<100 {
      let pick = try #require(scenario.balancer.pick(key: 7, at: scenario.now))
      counts[pick.instance.id, default: 0] += 1
      picks.append(pick)
    }
    // 1.25 times the mean of 25, rounded up.
    #expect(counts.values.max() ?? 0 <= 32)
    #expect(counts.count == 4)
    for pick in picks { pick.finish(.success, at: scenario.now) }
  }
}
