import Testing

@testable import MusterSharding

/// Rounds of random events, each followed by quiet in which everything must fall into place.
@Suite("A simulated cluster")
struct ClusterTests {
  /// Runs it, and checks after each round that each key has one owner.
  private func run(_ times: Cluster.Times, seed: UInt64, withOutages: Bool) throws -> Duration {
    var cluster = Cluster(times, seed: seed)
    for _ in 0..<4 { try cluster.add() }
    // What a death takes until others own its keys.
    let quiet = times.ttl + times.watch + times.settling
    for _ in 0..<6 {
      let end = cluster.now + .seconds(20)
      while cluster.now < end {
        try cluster.disturb(withOutages: withOutages)
        cluster.step()
      }
      for id in cluster.ids { cluster.reconnect(id) }
      let settled = cluster.now + quiet
      while cluster.now <= settled { cluster.step() }
      for key in cluster.keys {
        let owners = cluster.watch.owners[key] ?? []
        #expect(owners.count == 1, "\(key) belongs to \(owners) at \(cluster.now)")
      }
    }
    var watch = cluster.watch
    watch.close(at: cluster.now)
    return watch.longest
  }

  @Test(
    "never has a key owned twice where the settling delay is as long as the watch delay",
    arguments: (1...6).map(UInt64.init))
  func noOverlap(seed: UInt64) throws {
    let times = Cluster.Times(watch: .milliseconds(500), settling: .milliseconds(500))
    #expect(try run(times, seed: seed, withOutages: false) == .zero)
  }

  @Test(
    "has a key owned twice for the watch delay less the settling delay at most", arguments: (1...6).map(UInt64.init))
  func overlap(seed: UInt64) throws {
    let times = Cluster.Times(watch: .milliseconds(900), settling: .milliseconds(200))
    let longest = try run(times, seed: seed, withOutages: false)
    #expect(longest <= times.overlap(withOutages: false))
    // So that nobody takes a simulation in which nothing happens for a proof.
    #expect(longest > .milliseconds(200))
  }

  @Test("keeps the stated bound while members are cut off and come back", arguments: (1...6).map(UInt64.init))
  func outages(seed: UInt64) throws {
    let times = Cluster.Times(watch: .milliseconds(300), settling: .milliseconds(700))
    let longest = try run(times, seed: seed, withOutages: true)
    #expect(longest <= times.overlap(withOutages: true))
    #expect(longest > .zero)
  }

  @Test(
    "never has a key owned twice, even so, where the settling delay covers finding out and the grace",
    arguments: (1...6).map(UInt64.init))
  func outagesCovered(seed: UInt64) throws {
    let times = Cluster.Times(watch: .milliseconds(300), settling: .milliseconds(1_800))
    #expect(times.overlap(withOutages: true) == .zero)
    #expect(try run(times, seed: seed, withOutages: true) == .zero)
  }
}
