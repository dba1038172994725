internal import MusterBalancing
internal import MusterCalling
internal import MusterDiscovery
internal import MusterDiscoveryConformance
internal import MusterResilience
internal import Testing

@Suite("A call by name")
struct ServiceCallerTests {
  private let fleet = Fleet()

  @Test("goes to another instance than the one that failed, and says so")
  func failover() async throws {
    let caller = try fleet.caller(instances: 2) { $0.policy = .roundRobin }
    fleet.set("i0", .fail(.init(kind: .failed)))
    for _ in 0..<4 { #expect(try await fleet.call(caller) == "i1") }
    #expect(fleet.events.contains(.retried(attempt: 1, outcome: .failed, instance: "i0", after: .zero)))
    #expect(caller.balancer.status.map(\.pending) == [0, 0])
  }

  @Test("that may not be repeated is not, unless it was never sent")
  func notIdempotent() async throws {
    let caller = try fleet.caller(instances: 2) { $0.policy = .roundRobin }
    for id in ["i0", "i1"] { fleet.set(id, .fail(.init(kind: .failed))) }
    await #expect(throws: Fleet.Failure(kind: .failed)) { try await fleet.call(caller, isIdempotent: false) }
    #expect(fleet.calls.count == 1)
    let id = fleet.calls[0]
    #expect(fleet.events == [.notRetried(attempts: 1, outcome: .failed, instance: id, because: .notIdempotent)])
    fleet.forget()
    for id in ["i0", "i1"] { fleet.set(id, .fail(.init(kind: .notSent))) }
    await #expect(throws: Fleet.Failure(kind: .notSent)) { try await fleet.call(caller, isIdempotent: false) }
    // Two retries: on the other, then on whichever there is.
    #expect(fleet.calls.count == 3)
    #expect(Set(fleet.calls.prefix(2)).count == 2)
  }

  @Test("that any instance would refuse is not made again, and does not count against the instance")
  func final() async throws {
    let caller = try fleet.caller(instances: 1)
    fleet.set("i0", .fail(.init(kind: .refused)))
    for _ in 0..<20 { await #expect(throws: Fleet.Failure.self) { try await fleet.call(caller) } }
    #expect(fleet.calls.count == 20)
    fleet.set("i0", .answer)
    #expect(try await fleet.call(caller) == "i0")
  }

  @Test("opens the breaker of an instance that fails, and tries it again when the time is up")
  func breaker() async throws {
    let clock = HandClock()
    let caller = try fleet.caller(instances: 1, clock: DiscoveryClock(clock)) {
      $0.maximumAttempts = 1
      $0.outliers = nil
      $0.failsFast = true
    }
    fleet.set("i0", .fail(.init(kind: .failed)))
    for _ in 0..<5 { await #expect(throws: Fleet.Failure.self) { try await fleet.call(caller) } }
    let last = ResilienceEvent.notRetried(attempts: 1, outcome: .failed, instance: "i0", because: .attemptsExhausted)
    #expect(fleet.events.last == last)
    #expect(
      fleet.events.contains { if case .breakerOpened("i0", .consecutiveFailures(5), _) = $0 { true } else { false } })
    let error = await #expect(throws: CallError.self) { try await fleet.call(caller) }
    #expect(error?.code == .noneAdmitted)
    #expect(error?.message == "web: the breakers of all 1 instances are open")
    #expect(fleet.calls.count == 5)
    clock.advance(by: .seconds(5))
    fleet.set("i0", .answer)
    #expect(try await fleet.call(caller) == "i0")
    #expect(fleet.events.last == .breakerClosed(instance: "i0"))
  }

  @Test("leaves an outlier alone until its ejection ends")
  func outlier() async throws {
    let clock = HandClock()
    let caller = try fleet.caller(instances: 3, clock: DiscoveryClock(clock)) {
      $0.policy = .roundRobin
      $0.breaker = nil
    }
    fleet.set("i0", .fail(.init(kind: .failed)))
    for _ in 0..<15 { _ = try await fleet.call(caller) }
    #expect(caller.balancer.status.map(\.isEjected) == [true, false, false])
    fleet.forget()
    for _ in 0..<30 { _ = try await fleet.call(caller) }
    #expect(!fleet.calls.contains("i0"))
    let registry = StillRegistry()
    await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await caller.run(watching: registry) }
      for _ in 0..<3 {
        await clock.waitForSleepers(1)
        clock.advance(by: .seconds(10))
      }
      await clock.waitForSleepers(1)
      group.cancelAll()
    }
    #expect(caller.balancer.status.map(\.isEjected) == [false, false, false])
  }

  @Test("goes to the instance that works though that is ejected, its breaker open, and all others fail")
  func lastResort() async throws {
    let clock = HandClock()
    let caller = try fleet.caller(instances: 3, clock: DiscoveryClock(clock))
    fleet.set("i2", .fail(.init(kind: .failed)))
    while !isEjected("i2") || !isOpen("i2") { _ = try await fleet.call(caller) }
    fleet.set("i2", .answer)
    for id in ["i0", "i1"] { fleet.set(id, .fail(.init(kind: .timedOut))) }
    for _ in 0..<100 { #expect(try await fleet.call(caller) == "i2") }
    #expect(fleet.events.contains(.lastResort(instance: "i2")))
    #expect(fleet.events.contains(.breakerClosed(instance: "i2")))
    // Those that fail are left alone once their breakers are open.
    fleet.forget()
    for _ in 0..<100 { #expect(try await fleet.call(caller) == "i2") }
    #expect(fleet.calls.count == 100)
    #expect(caller.balancer.status.map(\.pending) == [0, 0, 0])
  }

  private func isEjected(_ id: String) -> Bool {
    fleet.events.contains { if case .ejected(id, _, _) = $0 { true } else { false } }
  }

  private func isOpen(_ id: String) -> Bool {
    fleet.events.contains { if case .breakerOpened(id, _, _) = $0 { true } else { false } }
  }

  @Test("stops at the retry budget")
  func budget() async throws {
    let caller = try fleet.caller(instances: 4) {
      $0.budget = .init(share: 0.2, perSecond: 0)
      $0.breaker = nil
      $0.outliers = nil
    }
    for number in 0..<4 { fleet.set("i\(number)", .fail(.init(kind: .failed))) }
    for _ in 0..<100 { _ = try? await fleet.call(caller) }
    // 100 calls, and a fifth of them once more.
    #expect((118...120).contains(fleet.calls.count))
    #expect(fleet.events.contains { if case .notRetried(_, _, _, .budgetExhausted) = $0 { true } else { false } })
  }

  @Test("is refused when too many are under way, and when nobody is there")
  func refused() async throws {
    let caller = try fleet.caller(instances: 1) { $0.concurrencyLimit = 1 }
    fleet.set("i0", .hang)
    await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { _ = try await fleet.call(caller) }
      while fleet.calls.isEmpty { await Task.yield() }
      let error = await #expect(throws: CallError.self) { try await fleet.call(caller) }
      #expect(error?.code == .limited)
      group.cancelAll()
    }
    let nobody = try fleet.caller(instances: 0)
    let error = await #expect(throws: CallError.self) { try await fleet.call(nobody) }
    #expect(error?.code == .noInstances)
  }

  @Test("that comes before the first list waits for it")
  func waitsForTheList() async throws {
    let caller = try ServiceCaller("web", settings: CallSettings(deadline: .seconds(600)))
    async let first = fleet.call(caller)
    async let second = fleet.call(caller)
    // Both have begun, as far as that can be known.
    for _ in 0..<100 { await Task.yield() }
    #expect(fleet.calls.isEmpty)
    caller.update(Fleet.snapshot(1))
    #expect(try await [first, second] == ["i0", "i0"])
  }

  @Test("that comes before the first list fails when it does not come in time, or is known not to come")
  func noList() async throws {
    let caller = try ServiceCaller("web", settings: CallSettings(deadline: .milliseconds(20)))
    let error = await #expect(throws: CallError.self) { try await fleet.call(caller) }
    #expect(error?.code == .noInstances)
    #expect(error?.message.contains("nobody has said") == true)
    let unreachable = try ServiceCaller("web", settings: CallSettings(deadline: .seconds(600)))
    unreachable.update(Snapshot(service: "web", instances: [], freshness: .stale(reason: "no answer")))
    let refusal = await #expect(throws: CallError.self) { try await fleet.call(unreachable) }
    #expect(refusal?.message == "web: there are no instances")
  }

  @Test("that is cancelled does not wait for the first list")
  func cancelledBeforeTheList() async throws {
    let caller = try ServiceCaller("web", settings: CallSettings(deadline: .seconds(600)))
    let task = Task { try await fleet.call(caller) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("whose answer is late is sent to another instance as well, and the first answer counts")
  func hedge() async throws {
    let caller = try fleet.caller(instances: 2) {
      $0.policy = .roundRobin
      $0.hedge = .init(minimumSamples: 4, minimumDelay: .milliseconds(5))
    }
    for _ in 0..<4 { _ = try await fleet.call(caller) }
    fleet.set("i0", .hang)
    for _ in 0..<4 { #expect(try await fleet.call(caller) == "i1") }
    #expect(fleet.events.contains { if case .hedged = $0 { true } else { false } })
    #expect(caller.balancer.status.map(\.pending) == [0, 0])
  }

  @Test("that is cancelled ends at once and tells nothing about the instance")
  func cancelled() async throws {
    let caller = try fleet.caller(instances: 1)
    fleet.set("i0", .hang)
    for round in 1...10 {
      await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { _ = try await fleet.call(caller) }
        while fleet.calls.count < round { await Task.yield() }
        group.cancelAll()
      }
    }
    #expect(fleet.events.isEmpty)
    #expect(caller.balancer.status.map(\.pending) == [0])
  }

  @Test("uses the last list while the registry is away, and an empty one when that is what is so")
  func stale() async throws {
    let caller = try fleet.caller(instances: 2)
    caller.update(Snapshot(service: "web", instances: [], freshness: .stale(reason: "no answer")))
    #expect(["i0", "i1"].contains(try await fleet.call(caller)))
    caller.update(Snapshot(service: "web", instances: []))
    await #expect(throws: CallError.self) { try await fleet.call(caller) }
  }

  @Test("many calls at once, while instances come and go and fail, all end well")
  func storm() async throws {
    let caller = try fleet.caller(instances: 6) {
      $0.outliers = nil
      $0.maximumAttempts = 6
    }
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var failed = 0
          for _ in 0..<300 where (try? await fleet.call(caller)) == nil { failed += 1 }
          return failed
        }
      }
      group.addTask {
        for round in 0..<60 {
          fleet.set("i\(round % 3)", round % 2 == 0 ? .fail(.init(kind: .notSent)) : .answer)
          caller.update(Fleet.snapshot(5 + round % 2))
          await Task.yield()
        }
        for number in 0..<3 { fleet.set("i\(number)", .answer) }
        return 0
      }
      var failed = 0
      for await count in group { failed += count }
      #expect(failed == 0)
    }
    #expect(caller.balancer.status.allSatisfy { $0.pending == 0 })
  }
}

/// A registry in which nothing is known and nothing happens.
private struct StillRegistry: ServiceDiscovery {
  func register(_ registration: Registration) async throws -> Instance { throw DiscoveryError(.notSupported, "") }
  func deregister(_ instance: Instance) async throws { throw DiscoveryError(.notSupported, "") }
  func renew(_ instance: Instance, health: Health, note: String) async throws {
    throw DiscoveryError(.notSupported, "")
  }
  func discover(_ service: String) async throws -> [Instance] { [] }
  func watch(_ service: String) -> SnapshotSequence { SnapshotSequence.make().snapshots }
}
