internal import MusterCatalog
internal import MusterTestSupport
internal import MusterThreading
internal import Testing

@testable internal import MusterEngine

@Suite("The registry")
struct RegistryTests {
  private let journal = FlakyJournal()
  private let clock = ManualClock()
  private let registry: Registry
  private let woken = Inbox<WatchEnd>()

  init() throws {
    registry = try Registry(journal: journal, clock: clock)
    try run(.node("n"))
  }

  @discardableResult
  private func run(_ command: Command) throws -> Outcome {
    let results = Inbox<Result<Outcome, RegistryError>>()
    registry.submit(command) { results.add($0) }
    return try #require(results.next()).get()
  }

  private func watch(_ topic: Topic, after index: UInt64, timeout: Duration = .seconds(60)) -> Registry.Watch {
    registry.watch(topic, after: index, timeout: timeout) { [woken] in woken.add($0) }
  }

  @Test("wakes a watcher by a change of what it watches and by no other")
  func wake() throws {
    try run(.service("web", id: "a"))
    _ = watch(.service("web"), after: registry.catalog.revision)
    try run(.service("db", id: "b"))
    try run(.service("web", id: "a"))
    registry.wakeUp()
    #expect(registry.watcherCount == 1)
    #expect(woken.count == 0)
    try run(.remove("a"))
    #expect(woken.next() == .changed)
    #expect(registry.watcherCount == 0)
    registry.stop()
  }

  @Test("wakes a watcher at once by a change that came before it")
  func late() throws {
    try run(.service("web", id: "a"))
    _ = watch(.service("web"), after: registry.catalog.revision(of: .service("web")) - 1)
    #expect(woken.count == 1)
    #expect(woken.next() == .changed)
    registry.stop()
  }

  @Test("wakes a watcher when its time is up, the shortest first")
  func timeouts() {
    _ = watch(.nodes, after: 100, timeout: .seconds(30))
    _ = watch(.service("web"), after: 100, timeout: .seconds(10))
    clock.advance(by: .seconds(9))
    registry.wakeUp()
    #expect(woken.count == 0)
    clock.advance(by: .seconds(1))
    registry.wakeUp()
    #expect(woken.next() == .timedOut)
    #expect(registry.watcherCount == 1)
    clock.advance(by: .seconds(20))
    registry.wakeUp()
    #expect(woken.next() == .timedOut)
    registry.stop()
  }

  @Test("a timeout comes by itself while nobody writes")
  func quietTimeout() throws {
    let registry = try Registry(journal: FlakyJournal())
    _ = registry.watch(.nodes, after: 100, timeout: .seconds(300)) { [woken] in woken.add($0) }
    _ = registry.watch(.nodes, after: 100, timeout: .milliseconds(20)) { [woken] in woken.add($0) }
    #expect(woken.next() == .timedOut)
    #expect(registry.watcherCount == 1)
    registry.stop()
  }

  @Test("does not wake a watcher that was let go")
  func cancel() throws {
    let first = watch(.nodes, after: 100, timeout: .seconds(1))
    _ = watch(.nodes, after: 100, timeout: .seconds(2))
    registry.cancel(first)
    registry.cancel(first)
    clock.advance(by: .seconds(5))
    registry.wakeUp()
    #expect(woken.count == 1)
    registry.stop()
  }

  @Test("lets every watcher go when it stops, also one that comes later")
  func stopping() {
    _ = watch(.nodes, after: 100)
    _ = watch(.checks, after: 100)
    registry.stop()
    #expect(woken.next(2) == [.stopping, .stopping])
    _ = watch(.nodes, after: 100)
    #expect(woken.next() == .stopping)
    #expect(registry.watcherCount == 0)
    registry.stop()
  }

  @Test("finishes what was submitted before it stops, and refuses what comes later")
  func submittedBeforeStop() throws {
    let results = Inbox<Bool>()
    for number in 0..<2_000 {
      registry.submit(.service("web", id: "i\(number)")) { result in results.add((try? result.get()) != nil) }
    }
    registry.stop()
    #expect(results.count == 2_000)
    #expect(results.next(2_000).allSatisfy { $0 })
    let late = Inbox<RegistryError>()
    registry.submit(.remove("i0")) { if case .failure(let error) = $0 { late.add(error) } }
    #expect(late.next() == .stopping)
  }

  @Test("refuses commands beyond what it holds in its queue, and takes them again once there is room")
  func overload() throws {
    let (entered, gate) = (Inbox<Bool>(), Inbox<Bool>())
    journal.beforeCommit {
      entered.add(true)
      _ = gate.next()
    }
    let results = Inbox<RegistryError?>()
    let completion: Registry.Completion = { result in
      if case .failure(let error) = result { results.add(error) } else { results.add(nil) }
    }
    registry.submit(.service("web", id: "first"), completion: completion)
    #expect(entered.next() == true)
    for _ in 0..<65_536 { registry.submit(.remove("nobody"), completion: completion) }
    registry.submit(.service("web", id: "second"), completion: completion)
    #expect(results.count == 1)
    #expect(results.next() == .overloaded)
    #expect(RegistryError.overloaded.message == "too many changes are waiting: try again in a moment")
    journal.beforeCommit(nil)
    gate.add(true)
    #expect(results.next() == .some(nil))
    #expect(results.next(65_536).count == 65_536)
    try run(.service("web", id: "second"))
    registry.stop()
  }

  @Test("completes a command only when every reader sees it, and observers have run")
  func completionsAfterPublish() throws {
    let (seen, observed) = (Inbox<Bool>(), Inbox<Set<Topic>>())
    registry.observe { [registry] topics in
      observed.add(topics)
      seen.add(registry.catalog.instance("a") != nil)
    }
    registry.submit(.service("web", id: "a")) { [registry] _ in
      seen.add(registry.catalog.instance("a") != nil && observed.count == 1)
    }
    #expect(seen.next(2) == [true, true])
    #expect(observed.next() == [.service("web"), .services, .node("n")])
    registry.stop()
  }

  @Test("goes on reading while nothing can be stored, and says why it refuses")
  func fullDisk() throws {
    let lines = Inbox<String>()
    let registry = try Registry(journal: journal, clock: clock) { lines.add($0) }
    journal.fillUp()
    let results = Inbox<RegistryError>()
    registry.submit(.node("m")) { if case .failure(let error) = $0 { results.add(error) } }
    let error = try #require(results.next())
    #expect(error == .notDurable("the disk is full"))
    #expect(error.message == "nothing was changed, since it could not be stored: the disk is full")
    #expect(lines.next() == "a change could not be stored: the disk is full")
    #expect(registry.catalog.nodeCount == 0)
    #expect(registry.counts.storeFailures == 1)
    journal.repair()
    registry.submit(.node("m")) { _ in results.add(.stopping) }
    #expect(results.next() == .stopping)
    #expect(registry.catalog.nodeCount == 1)
    registry.stop()
  }

  @Test("counts what it has done")
  func counts() throws {
    try run(.service("web", id: "a", ttl: .seconds(10), status: .passing))
    try run(.heartbeat("a"))
    #expect(throws: RegistryError.self) { try run(.remove("nobody")) }
    let counts = registry.counts
    #expect(counts.commands == 4)
    #expect(counts.rejected == 1)
    #expect(counts.unchanged == 1)
    #expect(counts.events == 2)
    #expect(counts.storeFailures == 0)
    registry.stop()
  }
}
