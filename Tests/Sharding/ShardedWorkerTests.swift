import MusterDiscovery
import MusterDiscoveryConformance
import Testing

@testable import MusterSharding

@Suite("A sharded worker")
struct ShardedWorkerTests {
  private let clock = HandClock()
  private let registry = InMemoryDiscovery()
  private let keys = MusterShardingTests.keys(100)

  private func worker(_ id: String) throws -> ShardedWorker {
    try ShardedWorker(memberID: id, of: "workers", in: registry, keys: keys, clock: clock)
  }

  private func register(_ id: String) async throws -> Instance {
    try await registry.register(Registration(service: "workers", port: 1, id: id))
  }

  @Test("gains its share after the delay, loses at once what another takes, and everything at its end")
  func life() async throws {
    _ = try await register("a")
    let worker = try worker("a")
    let changes = worker.changes()
    await withTaskGroup { group in
      group.addTask { await worker.run() }
      var reader = changes.makeAsyncIterator()
      await clock.waitForSleepers(1)
      #expect(worker.ownedKeys == [])
      clock.advance(by: .seconds(2))
      #expect(await reader.next()?.gained == keys)
      #expect(worker.owned(of: keys) == keys)

      let other = try? await register("b")
      let share = settled("a", ["a": 1, "b": 1])
      #expect(await reader.next()?.lost == keys.filter { !share.owns($0) })
      #expect(worker.ownership == share)

      if let other { try? await registry.deregister(other) }
      await clock.waitForSleepers(1)
      clock.advance(by: .seconds(2))
      #expect(await reader.next()?.gained == keys.filter { !share.owns($0) })

      group.cancelAll()
      await group.waitForAll()
      #expect(await reader.next()?.lost == keys)
      #expect(await reader.next() == nil)
      #expect(!keys.contains(where: worker.owns))
    }
  }

  @Test("tells a reader that comes late what is owned, and joins what a slow one did not read")
  func readers() async throws {
    _ = try await register("a")
    let worker = try worker("a")
    var slow = worker.changes().makeAsyncIterator()
    await withTaskGroup { group in
      group.addTask { await worker.run() }
      await clock.waitForSleepers(1)
      clock.advance(by: .seconds(2))
      var prompt = worker.changes().makeAsyncIterator()
      while worker.ownedKeys.isEmpty { _ = await prompt.next() }
      var late = worker.changes().makeAsyncIterator()
      #expect(await late.next()?.gained == keys)
      worker.forget(["account-3"])
      worker.declare(["one", "two"])
      #expect(await late.next()?.lost == ["account-3"])
      let joined = await slow.next()
      #expect(joined?.lost == [])
      #expect(joined?.gained == keys.filter { $0 != "account-3" } + ["one", "two"])
      group.cancelAll()
    }
  }

  @Test("lets a cancelled reader go")
  func cancelledReader() async throws {
    let worker = try worker("a")
    await withTaskGroup { group in
      group.addTask {
        for await change in worker.changes() { Issue.record("\(change) though nothing runs") }
      }
      group.cancelAll()
      await group.waitForAll()
    }
  }

  @Test("ends when its provider ends the watch, and has no keys then")
  func endedWatch() async throws {
    let worker = try ShardedWorker(memberID: "a", of: "workers", in: EndedDiscovery(), keys: keys)
    let changes = worker.changes()
    await worker.run()
    var reader = changes.makeAsyncIterator()
    #expect(await reader.next()?.gained ?? [] == [])
    #expect(worker.ownedKeys == [])
    #expect(worker.view == .none)
  }

  @Test("refuses a bad name of a service, a bad id and bad settings")
  func refusals() {
    #expect(throws: DiscoveryError.self) { try ShardedWorker(memberID: "a", of: "no/name", in: registry) }
    #expect(throws: DiscoveryError.self) { try ShardedWorker(memberID: "", of: "workers", in: registry) }
    #expect(throws: DiscoveryError.self) {
      try ShardedWorker(
        memberID: "a", of: "workers", in: registry, settings: ShardingSettings(settling: .seconds(-1)))
    }
  }
}

/// A provider whose watches end after one list.
private struct EndedDiscovery: ServiceDiscovery {
  func register(_ registration: Registration) async throws -> Instance { registration.instance(at: "h") }
  func deregister(_ instance: Instance) async throws {}
  func renew(_ instance: Instance, health: Health, note: String) async throws {}
  func discover(_ service: String) async throws -> [Instance] { [] }

  func watch(_ service: String) -> SnapshotSequence {
    let (snapshots, publisher) = SnapshotSequence.make()
    publisher.publish(live("a"))
    publisher.finish()
    return snapshots
  }
}
