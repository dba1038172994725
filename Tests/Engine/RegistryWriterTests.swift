internal import MusterCatalog
internal import MusterTestSupport
internal import Testing

@testable internal import MusterEngine

@Suite("The writer")
final class RegistryWriterTests {
  private let journal: FlakyJournal
  private let clock = ManualClock()
  private var writer: RegistryWriter

  init() throws {
    journal = FlakyJournal()
    writer = try RegistryWriter(journal: journal, now: clock.now)
    _ = run(.node("n"))
  }

  private var moment: RegistryWriter.Moment { .init(now: clock.now, timestamp: clock.timestamp) }

  private func run(_ commands: Command...) -> RegistryWriter.Progress {
    writer.run(commands, at: moment)
  }

  private func pass(_ duration: Duration) -> RegistryWriter.Progress {
    clock.advance(by: duration)
    return writer.run([], at: moment)
  }

  private func secondsToDeadline() -> Int64? {
    writer.nextDeadline().map { clock.now.duration(to: $0).components.seconds }
  }

  @Test("gives one result for each command, in order, and stores them in one commit")
  func groupCommit() {
    let progress = run(
      .service("web", id: "a"), .remove("nobody"), .service("web", id: "b"), .service("web", id: "a"), .remove("b"))
    #expect(
      progress.results.map { try? $0.get().events.map(\.kind) } == [
        [.registered], nil, [.registered], [], [.deregistered],
      ])
    guard case .failure(.rejected(let rejection)) = progress.results[1] else {
      Issue.record("an unknown id was removed")
      return
    }
    #expect(rejection.code == .notFound)
    #expect(rejection.message == #"unknown service ID "nobody" on node "n""#)
    #expect(journal.commits == [[1], [2, 3, 4]])
    #expect(progress.events.count == 3)
    #expect(progress.failure == nil)
    #expect(progress.topics == [.service("web"), .services, .node("n")])
    #expect(writer.catalog.members(of: "web").map(\.instance.id) == ["a"])
  }

  @Test("stores nothing for commands that change nothing")
  func nothingToStore() {
    _ = run(.service("web", id: "a", ttl: .seconds(10), status: .passing))
    let before = journal.commits
    let progress = run(.heartbeat("a"), .service("web", id: "a", ttl: .seconds(10)), .remove("nobody"))
    #expect(journal.commits == before)
    #expect(progress.topics.isEmpty)
    #expect(progress.events.count == 0)
  }

  @Test("changes nothing while the disk is full, says why, and works again after")
  func fullDisk() {
    _ = run(.service("web", id: "a", ttl: .seconds(10), status: .passing))
    let revision = writer.catalog.revision
    journal.fillUp()
    let progress = run(
      .service("web", id: "b"), .heartbeat("a"), .remove("a"), .heartbeat("a", .warning), .remove("nobody"))
    #expect(progress.failure == "the disk is full")
    #expect(progress.topics.isEmpty)
    #expect(progress.events.count == 0)
    #expect(progress.results.map(failure) == [.notDurable, nil, .notDurable, .notDurable, .rejected])
    #expect(writer.catalog.revision == revision)
    #expect(writer.catalog.instance("b") == nil)
    #expect(writer.catalog.check("service:a")?.status == .passing)
    journal.repair()
    let after = run(.service("web", id: "b"))
    #expect(after.failure == nil)
    #expect(writer.catalog.instance("b") != nil)
    #expect(writer.catalog.revision == revision + 1)
    #expect(journal.commits == [[1], [2], [3]])
  }

  private enum Failure { case notDurable, rejected, other }

  private func failure(_ result: RegistryWriter.Result) -> Failure? {
    switch result {
    case .success: nil
    case .failure(.notDurable("the disk is full")): .notDurable
    case .failure(.rejected): .rejected
    case .failure: .other
    }
  }

  @Test("keeps a service alive by heartbeats while the disk is full")
  func heartbeatsOnFullDisk() {
    _ = run(.service("web", id: "a", ttl: .seconds(10), status: .passing))
    journal.fillUp()
    for _ in 0..<5 {
      clock.advance(by: .seconds(9))
      #expect(failure(run(.heartbeat("a"), .service("web", id: "x")).results[0]) == nil)
      #expect(secondsToDeadline() == 10)
    }
    #expect(writer.catalog.check("service:a")?.status == .passing)
  }

  @Test("tries a timer again after a second when its consequence could not be stored")
  func timersOnFullDisk() {
    _ = run(.service("web", id: "a", ttl: .seconds(10), status: .passing))
    journal.fillUp()
    #expect(pass(.seconds(10)).failure == "the disk is full")
    #expect(writer.catalog.check("service:a")?.status == .passing)
    #expect(secondsToDeadline() == 1)
    #expect(pass(.milliseconds(999)).failure == nil)
    #expect(pass(.milliseconds(1)).failure == "the disk is full")
    #expect(secondsToDeadline() == 1)
    journal.repair()
    let progress = pass(.seconds(1))
    #expect(progress.events.count == 1)
    #expect(progress.topics.contains(.service("web")))
    #expect(writer.catalog.check("service:a")?.status == .critical)
    #expect(writer.nextDeadline() == nil)
  }

  @Test("a heartbeat that comes before an expiry could be stored saves the service")
  func heartbeatBeforeRetry() {
    _ = run(.service("web", id: "a", ttl: .seconds(10), status: .passing))
    journal.fillUp()
    _ = pass(.seconds(10))
    _ = run(.heartbeat("a"))
    journal.repair()
    #expect(pass(.seconds(9)).events.count == 0)
    #expect(writer.catalog.check("service:a")?.status == .passing)
  }

  @Test("expires a TTL that is not renewed, to the moment, and removes what stays critical")
  func expiryAndReaping() {
    _ = run(.service("web", id: "a", ttl: .seconds(10), reapAfter: .seconds(60), status: .passing))
    #expect(secondsToDeadline() == 10)
    #expect(pass(.milliseconds(9_999)).events.count == 0)
    #expect(pass(.milliseconds(1)).events.count == 1)
    #expect(writer.catalog.check("service:a")?.status == .critical)
    #expect(writer.catalog.check("service:a")?.output.hasPrefix("TTL expired") == true)
    #expect(secondsToDeadline() == 60)
    #expect(pass(.milliseconds(59_999)).events.count == 0)
    let progress = pass(.milliseconds(1))
    #expect(progress.topics == [.service("web"), .services, .node("n"), .checks])
    #expect(writer.catalog.instance("a") == nil)
    #expect(writer.nextDeadline() == nil)
  }

  @Test("a service that recovers in time is not removed")
  func recovery() {
    _ = run(.service("web", id: "a", ttl: .seconds(10), reapAfter: .seconds(60), status: .passing))
    _ = pass(.seconds(10))
    _ = pass(.seconds(59))
    _ = run(.heartbeat("a"))
    #expect(secondsToDeadline() == 10)
    for _ in 0..<20 {
      clock.advance(by: .seconds(9))
      #expect(run(.heartbeat("a")).events.count == 0)
    }
    #expect(writer.catalog.instance("a") != nil)
  }

  @Test("many TTLs that run out at once all expire, in several commits")
  func manyExpiries() {
    let count = 2_500
    _ = writer.run(
      (0..<count).map { .service("web", id: "i\($0)", ttl: .seconds(10), status: .passing) }, at: moment)
    clock.advance(by: .seconds(10))
    var steps = 0
    while let deadline = writer.nextDeadline(), deadline <= clock.now, steps < 10 {
      _ = writer.run([], at: moment)
      steps += 1
    }
    #expect(steps == 3)
    #expect(writer.catalog.members(of: "web").allSatisfy { $0.checks[0].status == .critical })
    #expect(journal.commits.suffix(3).map(\.count) == [1_024, 1_024, 452])
  }

  @Test("after a restart every TTL begins anew, and what was critical gets its whole time")
  func restart() throws {
    _ = run(
      .service("web", id: "a", ttl: .seconds(10), reapAfter: .seconds(60), status: .passing),
      .service("web", id: "b", ttl: .seconds(10), reapAfter: .seconds(60)))
    clock.advance(by: .seconds(3_600))
    writer = try RegistryWriter(journal: FlakyJournal(holding: writer.catalog), now: clock.now)
    #expect(writer.run([], at: moment).events.count == 0)
    #expect(secondsToDeadline() == 10)
    // One turns critical, the other one learns that its TTL has expired too.
    #expect(pass(.seconds(10)).events.count == 2)
    #expect(writer.catalog.check("service:a")?.status == .critical)
    #expect(pass(.seconds(49)).events.count == 0)
    _ = pass(.seconds(1))
    #expect(writer.catalog.instance("b") == nil)
    #expect(writer.catalog.instance("a") != nil)
    _ = pass(.seconds(10))
    #expect(writer.catalog.instance("a") == nil)
  }
}
