import MusterDiscovery
import MusterDiscoveryConformance
import Testing

@testable import Muster

@Suite("A scope with a registration")
struct WithRegistrationTests {
  private struct Failure: Error {}
  private let scene = Scene()
  private static let instance = Instance(
    id: "web-10.0.0.1-80", service: "web", endpoint: Endpoint(host: "10.0.0.1", port: 80), health: .critical)

  /// Waits for ever, until it is cancelled.
  @Sendable private static func serve() async throws { try await Task.sleep(for: .seconds(3_600)) }

  @Test("registers, and deregisters when its body returns")
  func returns() async throws {
    let value = try await scene.scope().run { [scene] () async throws in
      #expect(await scene.event() == .registered(Self.instance))
      await scene.clock.waitForSleepers(1)
      #expect(try await scene.discover() == ["web-10.0.0.1-80"])
      return 7
    }
    #expect(value == 7)
    #expect(try await scene.discover() == [])
    #expect(scene.events == [.registered(Self.instance), .deregistered])
  }

  @Test("deregisters when its body throws, and throws that")
  func throwing() async throws {
    await #expect(throws: Failure.self) {
      try await scene.scope().run { [scene] () async throws in
        _ = await scene.event()
        throw Failure()
      }
    }
    #expect(try await scene.discover() == [])
    #expect(scene.events.last == .deregistered)
  }

  @Test("deregisters when it is cancelled")
  func cancelled() async throws {
    let scope = try scene.scope()
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        do {
          try await scope.run(Self.serve)
          return false
        } catch {
          return error is CancellationError
        }
      }
      _ = await scene.event()
      await scene.clock.waitForSleepers(1)
      group.cancelAll()
      #expect(await group.next() == true)
    }
    #expect(try await scene.discover() == [])
    #expect(scene.events.last == .deregistered)
  }

  @Test("reports at a third of the TTL, for as long as it lasts")
  func heartbeats() async throws {
    try await scene.scope().run { [scene] () async throws in
      // 20 times 5 s is far more than the TTL of 15 s.
      for _ in 0..<20 {
        await scene.clock.waitForSleepers(1)
        #expect(try await scene.discover() == ["web-10.0.0.1-80"])
        scene.clock.advance(by: .seconds(5))
      }
    }
    #expect(scene.events == [.registered(Self.instance), .deregistered])
  }

  @Test("registers again when the registry has lost it")
  func lost() async throws {
    try await scene.scope().run { [scene] () async throws in
      _ = await scene.event()
      await scene.clock.waitForSleepers(1)
      try await scene.registry.deregister(Self.instance)
      scene.clock.advance(by: .seconds(5))
      #expect(await scene.event() == .registeredAgain(Self.instance))
      await scene.clock.waitForSleepers(1)
      #expect(try await scene.discover() == ["web-10.0.0.1-80"])
    }
  }

  @Test("goes on while the registry is away, and registers when it is back")
  func away() async throws {
    scene.setAway(true)
    try await scene.scope().run { [scene] () async throws in
      #expect(await scene.event() == .unreachable(reason: "the registry is away"))
      for _ in 0..<5 {
        await scene.clock.waitForSleepers(1)
        scene.clock.advance(by: .seconds(5))
      }
      await scene.clock.waitForSleepers(1)
      scene.setAway(false)
      scene.clock.advance(by: .seconds(5))
      #expect(await scene.event() == .reachable)
      #expect(await scene.event() == .registered(Self.instance))
    }
  }

  @Test("tries for a while to deregister, and leaves the rest to the TTL")
  func awayAtTheEnd() async throws {
    let scope = try scene.scope()
    try await withThrowingTaskGroup { group in
      group.addTask { [scene] in
        try await scope.run {
          _ = await scene.event()
          await scene.clock.waitForSleepers(1)
          scene.setAway(true)
        }
      }
      // Both the pause between two attempts and the end of all of them.
      for _ in 0..<5 {
        await scene.clock.waitForSleepers(2)
        scene.clock.advance(by: .seconds(1))
      }
      try await group.waitForAll()
    }
    guard case .notDeregistered = scene.events.last else {
      Issue.record("\(scene.events)")
      return
    }
    scene.clock.advance(by: .seconds(15))
    #expect(try await scene.discover() == [])
  }

  @Test("is not registered before it is ready")
  func readiness() async throws {
    let (ready, readiness) = AsyncStream.makeStream(of: Bool.self)
    let scope = try scene.scope {
      for await isReady in ready { return isReady }
      return false
    }
    try await scope.run { [scene] () async throws in
      for _ in 0..<3 {
        readiness.yield(false)
        await scene.clock.waitForSleepers(1)
        #expect(scene.events == [])
        scene.clock.advance(by: .milliseconds(100))
      }
      readiness.yield(true)
      #expect(await scene.event() == .registered(Self.instance))
    }
  }

  @Test("on a signal deregisters first, waits for the drain delay, and then cancels its body")
  func signal() async throws {
    let result: Void? = try await scene.scope().run { [scene] () async throws in
      _ = await scene.event()
      await scene.clock.waitForSleepers(1)
      scene.send(.terminate)
      #expect(await scene.event() == .signal(.terminate))
      #expect(await scene.event() == .deregistered)
      #expect(try await scene.discover() == [])
      await scene.clock.waitForSleepers(1)
      scene.clock.advance(by: .milliseconds(4_999))
      #expect(!Task.isCancelled)
      scene.clock.advance(by: .milliseconds(1))
      try await Self.serve()
    }
    #expect(result == nil)
    #expect(scene.events == [.registered(Self.instance), .signal(.terminate), .deregistered])
  }

  @Test("throws when the registry can't take registrations, and cancels its body")
  func refused() async throws {
    let scope = try scene.scope(try StaticDiscovery([]))
    let error = await #expect(throws: DiscoveryError.self) { try await scope.run(Self.serve) }
    #expect(error?.code == .notSupported)
    #expect(scene.events == [])
  }

  @Test("is refused before anything runs when the registration is wrong")
  func wrong() async throws {
    let error = await #expect(throws: DiscoveryError.self) {
      try await withRegistration(Registration(service: "web", port: 0), with: scene.registry) {
        Issue.record("the body runs")
      }
    }
    #expect(error?.code == .invalidArgument)
  }
}
