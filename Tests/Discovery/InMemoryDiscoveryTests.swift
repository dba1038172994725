import MusterDiscoveryConformance
import Testing

@testable import MusterDiscovery

@Suite("A registry in memory")
struct InMemoryDiscoveryTests {
  let clock = HandClock()
  let registry: InMemoryDiscovery

  init() {
    registry = InMemoryDiscovery(clock: clock)
  }

  private func register(
    _ id: String = "web-1", ttl: Duration = .seconds(10), deregisterAfter: Duration? = nil
  ) async throws -> Instance {
    try await registry.register(
      Registration(
        service: "web", port: 80, id: id, checks: [HealthCheck(.ttl(ttl), deregisterAfter: deregisterAfter)]))
  }

  @Test("keeps every promise of a provider")
  func conformance() async {
    #expect(await Conformance(InMemoryDiscovery(), patience: .seconds(300)).run() == [])
  }

  @Test("hides an instance with a TTL until it has reported")
  func startsCritical() async throws {
    let instance = try await register()
    #expect(try await registry.discover("web") == [])
    try await registry.renew(instance, health: .passing, note: "")
    #expect(try await registry.discover("web").map(\.id) == ["web-1"])
  }

  @Test("hides an instance whose TTL has ended, and not before")
  func expiry() async throws {
    let instance = try await register()
    try await registry.renew(instance, health: .passing, note: "")
    clock.advance(by: .milliseconds(9_999))
    #expect(try await registry.discover("web").count == 1)
    try await registry.renew(instance, health: .warning, note: "")
    clock.advance(by: .milliseconds(9_999))
    #expect(try await registry.discover("web").map(\.health) == [.warning])
    clock.advance(by: .milliseconds(1))
    #expect(try await registry.discover("web") == [])
  }

  @Test("removes an instance that has been critical for too long")
  func removal() async throws {
    let instance = try await register(deregisterAfter: .seconds(60))
    try await registry.renew(instance, health: .passing, note: "")
    clock.advance(by: .milliseconds(69_999))
    // The time counts from the end of the TTL, though nobody looked at that moment.
    try await registry.renew(instance, health: .critical, note: "")
    clock.advance(by: .milliseconds(1))
    await #expect(throws: DiscoveryError.self) {
      try await registry.renew(instance, health: .passing, note: "")
    }
  }

  @Test("tells its watchers when a TTL ends, without anybody asking")
  func watchedExpiry() async throws {
    let instance = try await register()
    try await registry.renew(instance, health: .passing, note: "")
    var reader = registry.watch("web").makeAsyncIterator()
    #expect(await reader.next()?.instances.map(\.id) == ["web-1"])
    let next = try await withThrowingTaskGroup(of: Snapshot?.self) { group in
      let watch = registry.watch("web")
      group.addTask {
        for await snapshot in watch where snapshot.instances.isEmpty { return snapshot }
        return nil
      }
      await clock.waitForSleepers(1)
      clock.advance(by: .seconds(10))
      return try await group.next() ?? nil
    }
    #expect(next == Snapshot(service: "web", instances: []))
    #expect(await reader.next()?.instances == [])
  }

  @Test("holds nothing for a watch that was let go")
  func release() async throws {
    for round in 0..<3 {
      var reader = registry.watch("web").makeAsyncIterator()
      #expect(await reader.next() != nil, "round \(round)")
      #expect(registry.watchCount == 1)
    }
    #expect(registry.watchCount == 0)
  }

  @Test(
    "refuses checks that nobody would carry out",
    arguments: [
      HealthCheck(.http(url: "http://127.0.0.1/health")), HealthCheck(.tcp(Endpoint(host: "127.0.0.1", port: 80))),
    ])
  func probes(check: HealthCheck) async throws {
    let error = await #expect(throws: DiscoveryError.self) {
      try await registry.register(Registration(service: "web", port: 80, checks: [check]))
    }
    #expect(error?.code == .notSupported)
  }

  @Test("refuses one instance more than its limit")
  func limit() async throws {
    let small = InMemoryDiscovery(limit: 2, clock: clock)
    for port in [1, 2] as [UInt16] { try await small.register(Registration(service: "web", port: port)) }
    let error = await #expect(throws: DiscoveryError.self) {
      try await small.register(Registration(service: "web", port: 3))
    }
    #expect(error?.code == .refused)
    // One that is there already may still be replaced.
    try await small.register(Registration(service: "web", port: 2))
  }
}
