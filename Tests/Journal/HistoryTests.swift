import MusterCatalog
import MusterJournal
import MusterTiming
import Testing

@Suite("The history")
struct HistoryTests {
  @Test("is the same with and without a file", arguments: 21...26 as ClosedRange<UInt64>)
  func agrees(seed: UInt64) throws {
    let scratch = try Scratch()
    var commands = RandomCommands(seed: seed, spellings: false)
    var catalog = Catalog()
    let bounds = HistoryBounds(count: 80, age: .seconds(150))
    let memory = MemoryJournal(bounds: bounds)
    let file = try SQLiteJournal(directory: scratch.data, bounds: bounds)
    _ = try (memory.load(), file.load())
    for _ in 0..<40 {
      let events = catalog.makeEvents(1 + commands.below(20), &commands)
      try memory.commit(events)
      try file.commit(events)
      for service in RandomCommands.services.map(Optional.some) + ["nobody", nil] {
        for limit in [-1, 0, 3, 1000] {
          let expected = try memory.history(of: service, limit: limit)
          #expect(try file.history(of: service, limit: limit) == expected, "history of \(service ?? "all"), \(limit)")
        }
      }
    }
    #expect(try memory.history(of: nil, limit: 1000).count > 10)
  }

  @Test("of a service has its own events and those of a node while it is there", arguments: Kind.allCases)
  func selectsByService(kind: Kind) throws {
    let scratch = try Scratch()
    let journal = try kind.journal(scratch)
    try journal.commit([
      event(1, service: "", node: "n1"),
      event(2, node: "n1", changes: [.putInstance(node: "n1", Instance(id: "web-1", service: "web"))]),
      event(3, service: "api", node: "n1"), event(4, service: "", node: "n2"), event(5, service: "", node: "n1"),
    ])
    #expect(try journal.history(of: "web", limit: 10).map(\.revision) == [2, 5])
    #expect(try journal.history(of: "web", limit: 1).map(\.revision) == [5])
    let left = Change.removeInstance(InstanceKey(node: "n1", id: "web-1"))
    try journal.commit([
      event(6, .deregistered, node: "n1", changes: [left]), event(7, service: "", node: "n1"),
      event(8, .nodeDeregistered, service: "", node: "n1"),
    ])
    #expect(try journal.history(of: "web", limit: 10).map(\.revision) == [2, 5, 6])
    #expect(try journal.history(of: nil, limit: 10).map(\.revision) == Array(1...8))
    #expect(try journal.history(of: "db", limit: 10).isEmpty)
  }

  @Test("of a service has the removal of a node that it was removed with", arguments: Kind.allCases)
  func leavesWithNode(kind: Kind) throws {
    let scratch = try Scratch()
    let journal = try kind.journal(scratch)
    try journal.commit([
      event(1, .nodeRegistered, service: "", node: "n1"), event(2, node: "n1"),
      event(3, .maintenanceOn, service: "", node: "n1"), event(4, .passing, node: "n1"),
      event(5, .deregistered, service: "api", node: "n1", second: 9),
      event(6, .deregistered, node: "n1", second: 9), event(7, .nodeDeregistered, service: "", node: "n1", second: 9),
    ])
    #expect(try journal.history(of: "web", limit: 10).map(\.revision) == [2, 3, 4, 6, 7])
    #expect(try journal.history(of: "web", limit: 1).map(\.revision) == [7])
    #expect(try journal.history(of: "api", limit: 10).map(\.revision) == [1, 3, 5, 7])
  }

  @Test("of a service has the events of nodes that it is on, when its own were trimmed", arguments: Kind.allCases)
  func remembersNodes(kind: Kind) throws {
    let scratch = try Scratch()
    let journal = try kind.journal(scratch)
    journal.setBounds(HistoryBounds(count: 1))
    let instance = Change.putInstance(node: "n1", Instance(id: "web-1", service: "web"))
    try journal.commit([event(1, service: "web", node: "n1", changes: [instance])])
    try journal.commit([event(2, service: "", node: "n1")])
    #expect(try journal.history(of: "web", limit: 10).map(\.revision) == [2])
  }

  @Test("keeps the newest events up to the count", arguments: Kind.allCases)
  func isBoundedByCount(kind: Kind) throws {
    let scratch = try Scratch()
    let journal = try kind.journal(scratch)
    journal.setBounds(HistoryBounds(count: 10))
    for revision in 1...100 as ClosedRange<UInt64> { try journal.commit([event(revision)]) }
    #expect(try journal.history(of: nil, limit: 1000).map(\.revision) == Array(91...100))
    journal.setBounds(HistoryBounds(count: 0))
    try journal.commit([event(101)])
    #expect(try journal.history(of: nil, limit: 1000).isEmpty)
  }

  @Test("keeps events for as long as they are young enough", arguments: Kind.allCases)
  func isBoundedByAge(kind: Kind) throws {
    let scratch = try Scratch()
    let journal = try kind.journal(scratch)
    journal.setBounds(HistoryBounds(age: .seconds(10)))
    for revision in 1...50 as ClosedRange<UInt64> { try journal.commit([event(revision)]) }
    #expect(try journal.history(of: nil, limit: 1000).map(\.revision) == Array(40...50))
  }

  @Test("is cut down to lower bounds by many commits, none of which drops many", arguments: Kind.allCases)
  func trimsInChunks(kind: Kind) throws {
    let scratch = try Scratch()
    let journal = try kind.journal(scratch)
    try journal.commit((1...1000).map { event($0) })
    journal.setBounds(HistoryBounds(count: 5))
    try journal.commit([event(1001)])
    let left = try journal.history(of: nil, limit: 2000).count
    #expect(left == 1001 - 66)
    for revision in 1002...1050 as ClosedRange<UInt64> { try journal.commit([event(revision)]) }
    #expect(try journal.history(of: nil, limit: 2000).map(\.revision) == Array(1046...1050))
  }

  @Test("can't be asked of a closed journal, and nothing can be written to it", arguments: Kind.allCases)
  func refusesWhenClosed(kind: Kind) throws {
    let scratch = try Scratch()
    let journal = try kind.journal(scratch)
    journal.close()
    journal.close()
    let isClosed = { (error: any Error) in (error as? JournalError)?.code == .closed }
    #expect(performing: { try journal.history(of: nil, limit: 1) }, throws: isClosed)
    #expect(performing: { try journal.commit([event(1)]) }, throws: isClosed)
    #expect(performing: { try journal.load() }, throws: isClosed)
  }

  @Test("can be asked from many threads while events are committed", arguments: Kind.allCases)
  func isReadWhileWritten(kind: Kind) async throws {
    let scratch = try Scratch()
    let journal = try kind.journal(scratch)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for revision in 1...300 as ClosedRange<UInt64> { try journal.commit([event(revision)]) }
      }
      for service in ["web", nil] {
        group.addTask {
          var seen = 0
          while seen < 300 {
            let revisions = try journal.history(of: service, limit: 1000).map(\.revision)
            #expect(revisions == Array(1..<UInt64(revisions.count + 1)))
            #expect(revisions.count >= seen)
            seen = revisions.count
            await Task.yield()
          }
        }
      }
      try await group.waitForAll()
    }
  }

  enum Kind: CaseIterable {
    case memory, sqlite

    /// A journal that has been loaded.
    func journal(_ scratch: Scratch) throws -> any Journal {
      let journal: any Journal = self == .memory ? MemoryJournal() : try SQLiteJournal(directory: scratch.data)
      _ = try journal.load()
      return journal
    }
  }

  /// An event a second after the one before it.
  private func event(
    _ revision: UInt64, _ kind: Event.Kind = .registered, service: String = "web", node: String = "n1",
    second: Int64? = nil, changes: [Change] = []
  ) -> Event {
    Event(
      revision: revision, time: Timestamp(milliseconds: (second ?? Int64(revision)) * 1000), kind: kind,
      subject: Event.Subject(service: service, node: node, instance: service.isEmpty ? "" : "\(service)-1"),
      cause: "test", changes: changes)
  }
}
