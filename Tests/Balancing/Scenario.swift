internal import MusterBalancing
internal import MusterDiscovery

/// A balancer with instances, whose time stands still unless it is moved.
struct Scenario {
  let balancer: Balancer
  var now = ContinuousClock.now

  init(
    _ policy: BalancingPolicy, weights: [Int], zones: [String?] = [], seed: UInt64 = 42,
    _ change: (inout BalancerSettings) -> Void = { _ in }
  ) throws {
    var settings = BalancerSettings()
    change(&settings)
    balancer = try Balancer(policy, settings: settings, seed: seed, now: now)
    balancer.update(Self.instances(weights, zones), at: now)
  }

  static func instances(_ weights: [Int], _ zones: [String?] = []) -> [Instance] {
    weights.enumerated().map { number, weight in
      Instance(
        id: "i\(number)", service: "web", endpoint: Endpoint(host: "10.0.0.\(number)", port: 80), weight: weight,
        zone: number < zones.count ? zones[number] : nil)
    }
  }

  /// How often each instance is chosen in so many calls that end at once.
  func counts(_ calls: Int, excluding: [String] = []) -> [String: Int] {
    var counts: [String: Int] = [:]
    for number in 0..<calls {
      guard let pick = balancer.pick(key: Self.key(number), excluding: excluding, at: now) else { continue }
      counts[pick.instance.id, default: 0] += 1
      pick.finish(.success, at: now + .milliseconds(1))
    }
    return counts
  }

  /// Who owns each of so many keys.
  func owners(of keys: Int) -> [String?] {
    (0..<keys).map { number in
      let pick = balancer.pick(key: Self.key(number), at: now)
      pick?.finish(.success, at: now)
      return pick?.instance.id
    }
  }

  private static func key(_ number: Int) -> UInt64 { StableHash.of("key-\(number)") }
}
