import MusterCatalog
import MusterJournal
import MusterTiming
import Testing

@Suite("What a reopened journal gives back")
struct RestoreTests {
  @Test("is the catalog as it was, whatever was done to it", arguments: 1...12 as ClosedRange<UInt64>)
  func restoresRandomHistories(seed: UInt64) throws {
    let scratch = try Scratch()
    var commands = RandomCommands(seed: seed)
    var catalog = Catalog()
    for _ in 0..<6 {
      let journal = try SQLiteJournal(directory: scratch.data, bounds: HistoryBounds(count: 50))
      expectSame(try journal.load(), catalog)
      for _ in 0..<10 {
        try journal.commit(catalog.makeEvents(1 + commands.below(20), &commands))
      }
      journal.close()
    }
  }

  @Test("is the last commit, when the process was killed after it", arguments: [3, 4, 5] as [UInt64])
  func survivesCrash(seed: UInt64) throws {
    let scratch = try Scratch()
    var commands = RandomCommands(seed: seed)
    var catalog = Catalog()
    let journal = try SQLiteJournal(directory: scratch.data)
    _ = try journal.load()
    for round in 0..<5 {
      for _ in 0..<20 { try journal.commit(catalog.makeEvents(5, &commands)) }
      try scratch.copyData(to: "copy\(round)")
      let copy = try SQLiteJournal(directory: scratch.path + "/copy\(round)")
      expectSame(try copy.load(), catalog)
      #expect(try copy.history(of: nil, limit: 1000) == journal.history(of: nil, limit: 1000))
    }
  }

  @Test("does not include a group of which one event can't be written")
  func commitsAllOrNothing() throws {
    let scratch = try Scratch()
    var commands = RandomCommands(seed: 7)
    var catalog = Catalog()
    let journal = try SQLiteJournal(directory: scratch.data)
    _ = try journal.load()
    let first = catalog.makeEvents(5, &commands)
    try journal.commit(first)
    let before = catalog
    let second = catalog.makeEvents(5, &commands)
    #expect(throws: JournalError.self) { try journal.commit(second + [first[0]]) }
    journal.close()
    let reopened = try SQLiteJournal(directory: scratch.data)
    expectSame(try reopened.load(), before)
    try reopened.commit(second)
    reopened.close()
    expectSame(try SQLiteJournal(directory: scratch.data).load(), catalog)
  }

  @Test("has every text in its own bytes, also beside an equal one of other bytes")
  func keepsBytes() throws {
    let scratch = try Scratch()
    let texts = ["caf\u{e9}", "cafe\u{301}", "caf\u{e9}"]
    let journal = try SQLiteJournal(directory: scratch.data)
    var catalog = try journal.load()
    for (id, text) in zip(["a", "b", "c"], texts) {
      let instance = Instance(id: id, service: "web", tags: [text], address: text, meta: ["key": text])
      let node = Node(name: "n1", address: "10.0.0.1")
      let command = Command.register(Registration(node: "n1", nodeUpdate: node, instance: instance))
      try journal.commit(catalog.apply(command, at: Timestamp(milliseconds: 0)).events)
    }
    journal.close()
    let restored = try SQLiteJournal(directory: scratch.data).load().members(of: "web").map(\.instance)
    let bytes = restored.map { [$0.tags[0], $0.address, $0.meta["key"] ?? ""].map { Array($0.utf8) } }
    #expect(bytes == texts.map { Array(repeating: Array($0.utf8), count: 3) })
  }

  @Test("keeps the last revisions when no history is kept")
  func keepsRevisionsWithoutHistory() throws {
    let scratch = try Scratch()
    var catalog = Catalog()
    let journal = try SQLiteJournal(directory: scratch.data, bounds: HistoryBounds(count: 0))
    _ = try journal.load()
    let node = Node(name: "n1", address: "10.0.0.1")
    let registration = Registration(node: "n1", nodeUpdate: node, instance: Instance(id: "web-1", service: "web"))
    let time = Timestamp(milliseconds: 0)
    try journal.commit(catalog.apply(.register(registration), at: time).events)
    try journal.commit(catalog.apply(.deregisterNode("n1", cause: "gone"), at: time).events)
    #expect(try journal.history(of: nil, limit: 10).isEmpty)
    journal.close()
    let restored = try SQLiteJournal(directory: scratch.data).load()
    #expect(restored.revision == 3)
    #expect(restored.revision(ofService: "web") == 2)
    #expect(restored.nodesRevision == 3)
    #expect(restored.servicesRevision == 2)
  }
}

/// Compares all that the catalogs show.
private func expectSame(_ restored: Catalog, _ original: Catalog, at location: SourceLocation = #_sourceLocation) {
  #expect(restored.revision == original.revision, sourceLocation: location)
  #expect(restored.instanceCount == original.instanceCount, sourceLocation: location)
  #expect(restored.serviceNames == original.serviceNames, sourceLocation: location)
  #expect(restored.serviceCount == original.serviceCount, sourceLocation: location)
  for service in RandomCommands.services {
    #expect(
      restored.revision(ofService: service) == original.revision(ofService: service), "revision of \(service)",
      sourceLocation: location)
    let members = restored.members(of: service)
    let expected = original.members(of: service)
    #expect(members.map(\.key) == expected.map(\.key), sourceLocation: location)
    #expect(members.map(\.instance) == expected.map(\.instance), sourceLocation: location)
    #expect(members.map(\.checks) == expected.map(\.checks), sourceLocation: location)
    #expect(members.map(restored.status) == expected.map(original.status), sourceLocation: location)
  }
  let nodes = restored.allNodes
  let expected = original.allNodes
  #expect(nodes.map(\.node) == expected.map(\.node), sourceLocation: location)
  #expect(nodes.map(\.checks) == expected.map(\.checks), sourceLocation: location)
  for (node, expected) in zip(nodes, expected) {
    #expect(node.revision >= expected.revision, sourceLocation: location)
    #expect(Set(node.members.keys) == Set(expected.members.keys), sourceLocation: location)
    for check in expected.checks {
      #expect(restored.check(CheckKey(node: node.node.name, id: check.id))?.check == check, sourceLocation: location)
    }
  }
  for topic in [Topic.services, .nodes, .checks] {
    #expect(restored.revision(of: topic) >= original.revision(of: topic), "\(topic)", sourceLocation: location)
    #expect(restored.revision(of: topic) <= original.revision, "\(topic)", sourceLocation: location)
  }
}
