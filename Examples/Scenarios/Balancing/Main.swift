internal import Muster
internal import MusterExampleSupport

/// Each balancing strategy, over three instances of the weights 2, 5 and 3.
@main
struct Main {
  static func main() async {
    await Scene.play("Load balancing") { scene in
      try spread(scene)
      try slowness(scene)
      try movement(scene)
    }
  }

  private static func spread(_ scene: Scene) throws {
    scene.say("10,000 calls that all take as long, over server1 (weight 2), server2 (weight 5) and server3 (weight 3).")
    for policy in BalancingPolicy.allCases {
      let shares = try Calls(policy).shares()
      let text = shares.map { "\($0.key) \(percent($0.value))" }.sorted().joined(separator: ", ")
      try scene.show("\(policy.rawValue): \(text)", isFair(shares, policy))
    }
  }

  private static func slowness(_ scene: Scene) throws {
    scene.say("The same, but server2 answers a hundred times slower than the others.")
    for policy in [BalancingPolicy.roundRobin, .leastConnections, .powerOfTwo, .peakEWMA] {
      let slow = try Calls(policy, slow: "server2").shares()["server2"] ?? 0
      let isSpared = slow < 0.1
      try scene.show(
        "\(policy.rawValue): \(percent(slow)) go to the slow one", policy == .roundRobin ? !isSpared : isSpared)
    }
  }

  private static func movement(_ scene: Scene) throws {
    scene.say("1,000 keys over ten servers, before and after server3 leaves.")
    let ten = Dictionary(uniqueKeysWithValues: (0..<10).map { ("server\($0)", 1) })
    for policy in BalancingPolicy.allCases where policy.usesKeys {
      let moved = try Calls(policy, over: ten).movedKeys(of: 1_000, without: "server3")
      try scene.show(
        "\(policy.rawValue): \(moved.total) keys move, \(moved.needless) of which were not of server3",
        // About a tenth; Maglev moves a few of the others as well, 5 % of all at most.
        moved.needless <= (policy == .maglev ? 50 : 0) && (50...200).contains(moved.total))
    }
  }

  /// Whether the shares are what the policy promises, to 3 %. The hashing ones see a key of its own for each call.
  private static func isFair(_ shares: [String: Double], _ policy: BalancingPolicy) -> Bool {
    let expected =
      switch policy {
      case .roundRobin, .leastConnections:
        ["server1": 1 / 3.0, "server2": 1 / 3.0, "server3": 1 / 3.0]
      default: ["server1": 0.2, "server2": 0.5, "server3": 0.3]
      }
    let slack = policy == .ringHash ? 0.1 : 0.03
    return expected.allSatisfy { abs((shares[$0.key] ?? 0) - $0.value) <= slack }
  }

  private static func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
}
