import MusterCatalog
import MusterTiming
import Testing

@testable import MusterJournal

@Suite("A data directory with a fault")
struct FaultTests {
  @Test("of which the file is not ours is refused, and nothing in it changes", arguments: Foreign.allCases)
  func refusesForeignFiles(foreign: Foreign) throws {
    let scratch = try Scratch()
    try foreign.make(scratch)
    let before = foreign == .directory ? [] : try scratch.read("data/muster.db")
    let error = failure { try SQLiteJournal(directory: scratch.data) }
    #expect(error?.code == .notOurs)
    #expect(error?.message.contains("data/muster.db is not Muster's: \(foreign.reason)") == true)
    #expect(try scratch.names(in: "data") == ["muster.db", "muster.lock"])
    if foreign != .directory { #expect(try scratch.read("data/muster.db") == before) }
  }

  enum Foreign: CaseIterable {
    case text, oneByte, zeros, otherDatabase, directory

    var reason: String {
      switch self {
      case .text, .oneByte, .zeros: "it is not a database"
      case .otherDatabase: "it is a database of another program"
      case .directory: "it can't be read: Is a directory"
      }
    }

    func make(_ scratch: Scratch) throws {
      try scratch.makeDirectory("data")
      let file = "data/muster.db"
      switch self {
      case .text: try scratch.write(Array(String(repeating: "dear diary\n", count: 100).utf8), to: file)
      case .oneByte: try scratch.write([0x53], to: file)
      case .zeros: try scratch.write([UInt8](repeating: 0, count: 8192), to: file)
      case .directory: try scratch.makeDirectory(file)
      case .otherDatabase:
        try scratch.write([], to: file)
        try Connection(scratch.path + "/" + file, .write).execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
      }
    }
  }

  @Test("of a newer version is refused with both versions, and nothing in it changes")
  func refusesNewerVersion() throws {
    let scratch = try Scratch()
    let newer = Migration.all + [Migration(version: 9, sql: "ALTER TABLE nodes ADD COLUMN rack TEXT")]
    let journal = try SQLiteJournal(directory: scratch.data, bounds: HistoryBounds(), migrations: newer)
    _ = try journal.load()
    journal.close()
    let before = try scratch.read("data/muster.db")
    let error = failure { try SQLiteJournal(directory: scratch.data) }
    #expect(error?.code == .newerVersion)
    #expect(error?.message.contains("has schema version 9, and this program knows versions up to 1") == true)
    #expect(try scratch.read("data/muster.db") == before)
    #expect(try scratch.names(in: "data") == ["muster.db", "muster.lock"])
  }

  @Test("of an older version is brought up to date, with all that is in it")
  func migrates() throws {
    let scratch = try Scratch()
    let (catalog, _) = try fill(scratch)
    let column = "ALTER TABLE nodes ADD COLUMN rack TEXT NOT NULL DEFAULT ''"
    let newer =
      Migration.all + [Migration(version: 2, sql: column), Migration(version: 3, sql: "CREATE TABLE extra (a)")]
    let journal = try SQLiteJournal(directory: scratch.data, bounds: HistoryBounds(), migrations: newer)
    // The version is in the file at once, where an older program looks for it.
    #expect(try scratch.read("data/muster.db")[60..<64] == [0, 0, 0, 3])
    #expect(try journal.load().members(of: "web").count == catalog.members(of: "web").count)
  }

  @Test("whose migration fails stays at the version that it had")
  func keepsVersionWhenMigrationFails() throws {
    let scratch = try Scratch()
    let (catalog, _) = try fill(scratch)
    let newer = Migration.all + [Migration(version: 2, sql: "CREATE TABLE extra (a); CREATE TABLE nodes (a)")]
    let error = failure { try SQLiteJournal(directory: scratch.data, bounds: HistoryBounds(), migrations: newer) }
    #expect(error?.code == .io)
    #expect(try SQLiteJournal(directory: scratch.data).load().revision == catalog.revision)
  }

  @Test("that is in use is refused with the process that uses it, until that one is done")
  func refusesSecondServer() throws {
    let scratch = try Scratch()
    let journal = try SQLiteJournal(directory: scratch.data)
    let error = failure { try SQLiteJournal(directory: scratch.data) }
    #expect(error?.code == .inUse)
    let owner = String(decoding: try scratch.read("data/muster.lock"), as: UTF8.self).dropLast()
    #expect(
      error?.message
        == "data directory \(scratch.data) is in use by process \(owner): stop it, or give another --data-dir")
    #expect(Int(owner) != nil)
    journal.close()
    #expect(failure { try SQLiteJournal(directory: scratch.data) } == nil)
  }

  @Test("that can't be made is refused", arguments: ["file", "file/data", "file/a/b/c"])
  func refusesUnwritableDirectory(name: String) throws {
    let scratch = try Scratch()
    try scratch.write([1, 2, 3], to: "file")
    let error = failure { try SQLiteJournal(directory: scratch.path + "/" + name) }
    #expect(error?.code == .notWritable)
    #expect(error?.message.contains("can't be written: Not a directory") == true)
  }

  @Test("that is missing is made with those above it, for the owner alone", arguments: ["data", "a/b/c", "a//b/"])
  func makesDirectory(name: String) throws {
    let scratch = try Scratch()
    let journal = try SQLiteJournal(directory: scratch.path + "/" + name)
    #expect(try journal.load().revision == 0)
    #expect(try scratch.permissions(of: name) == 0o700)
    #expect(try scratch.permissions(of: name + "/muster.db") == 0o600)
  }

  @Test("that was left while it was being made is made anew")
  func finishesCreation() throws {
    let scratch = try Scratch()
    try scratch.makeDirectory("data")
    try scratch.write([1, 2, 3], to: "data/muster.db.new")
    try scratch.write([], to: "data/muster.db")
    let journal = try SQLiteJournal(directory: scratch.data)
    _ = try journal.load()
    journal.close()
    #expect(try scratch.names(in: "data") == ["muster.db", "muster.lock"])
  }

  @Test("of which pages are damaged is refused or read as it was, and not made worse", arguments: 1..<12)
  func refusesDamagedPages(page: Int) throws {
    let scratch = try Scratch()
    try fill(scratch).journal.close()
    var bytes = try scratch.read("data/muster.db")
    let start = page * 4096
    try #require(bytes.count > start + 4096)
    bytes.replaceSubrange(start..<start + 4096, with: repeatElement(0xA5, count: 4096))
    try scratch.write(bytes, to: "data/muster.db")
    let error = failure { _ = try SQLiteJournal(directory: scratch.data).load() }
    // The pages of events are not read at the start.
    if let error {
      #expect(error.code == .damaged)
      #expect(error.message.contains("data/muster.db is damaged: "))
    }
    #expect(try scratch.read("data/muster.db") == bytes)
  }

  @Test(
    "of which rows can't be what was written is refused",
    arguments: [
      ("DELETE FROM nodes", "is on node \"n1\", which is not there"),
      ("DELETE FROM instances", "a check is of instance web-"),
      ("DELETE FROM instances; DELETE FROM nodes; UPDATE checks SET instance = NULL", "a check is of node n1"),
      ("UPDATE instances SET id = 'same'", "instance same of node n1 is there twice"),
      ("UPDATE checks SET id = 'same'", "check same of node n1 is there twice"),
      ("INSERT INTO nodes SELECT 99, name, id, address, '', '', 1, 1, 0, 0 FROM nodes", "node n1 is there twice"),
      ("UPDATE checks SET status = 'fine'", "the status fine of a check"),
      ("UPDATE checks SET probe = 'magic'", "the probe magic"),
      ("UPDATE checks SET ttl = NULL", "the probe ttl"),
      ("UPDATE checks SET probe = 'http', target = '[1]'", "the probe http [1]"),
      ("UPDATE instances SET tags = '[1]'", "the list [1]"),
      ("UPDATE instances SET tags = '[\"a\"'", "the list [\"a\""),
      ("UPDATE instances SET meta = '[\"a\"]'", "the pairs [\"a\"]"),
      ("UPDATE instances SET tagged_addresses = '[\"a\", \"b\"]'", "the addresses"),
      ("UPDATE instances SET service = CAST(x'ff' AS TEXT)", "text that is not UTF-8"),
      ("INSERT INTO removed VALUES ('planet', 'Pluto', 2006)", "the removal of a planet Pluto"),
    ])
  func refusesDamagedRows(sql: String, message: String) throws {
    let scratch = try Scratch()
    try fill(scratch).journal.close()
    try Connection(scratch.data + "/muster.db", .write).execute(sql)
    let error = failure { _ = try SQLiteJournal(directory: scratch.data).load() }
    #expect(error?.code == .damaged)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test("on a full disk refuses commits with the reason, and takes them again once there is room")
  func refusesWhenFull() throws {
    let scratch = try Scratch()
    var (catalog, journal) = try fill(scratch)
    try journal.setMaximumPages(1)
    let before = catalog
    var waiting: [Event] = []
    var error: JournalError?
    while error == nil {
      waiting = try register(20, &catalog)
      error = failure { try journal.commit(waiting) }
      try #require(catalog.revision < 10_000)
    }
    #expect(error?.code == .full)
    #expect(error?.message.contains("no room left to write \(scratch.data)/muster.db") == true)
    #expect(try journal.history(of: nil, limit: 1).first?.revision == waiting[0].revision - 1)
    #expect(catalog.revision > before.revision)
    try journal.setMaximumPages(100_000)
    try journal.commit(waiting)
    journal.close()
    #expect(try SQLiteJournal(directory: scratch.data).load().instanceCount == catalog.instanceCount)
  }

  /// A journal with 200 instances of one service on one node.
  @discardableResult
  private func fill(_ scratch: Scratch) throws -> (catalog: Catalog, journal: SQLiteJournal) {
    let journal = try SQLiteJournal(directory: scratch.data)
    var catalog = try journal.load()
    try journal.commit(register(200, &catalog))
    return (catalog, journal)
  }

  private func register(_ count: Int, _ catalog: inout Catalog) throws -> [Event] {
    var events: [Event] = []
    for _ in 0..<count {
      let id = "web-\(catalog.instanceCount)"
      let check = Check(id: "check:" + id, name: "alive", definition: CheckDefinition(probe: .ttl(.seconds(10))))
      let registration = Registration(
        node: "n1", nodeUpdate: Node(name: "n1", address: "10.0.0.1"),
        instance: Instance(id: id, service: "web", tags: ["a", "b"], meta: ["c": "d"]), checks: [.init(check, of: id)])
      events += try catalog.apply(.register(registration), at: Timestamp(milliseconds: 0)).events
    }
    return events
  }

  private func failure(_ body: () throws -> Any) -> JournalError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? JournalError
    }
  }
}
