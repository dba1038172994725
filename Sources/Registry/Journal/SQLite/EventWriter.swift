internal import MusterCatalog

/// Writes events and what they changed.
struct EventWriter {
  var bounds: HistoryBounds

  private let connection: Connection
  private let begin: Statement
  private let end: Statement
  private var tables: Tables
  private var events: EventTable
  private var removed: RemovedTable
  private var removals = Removals()

  /// A writer over tables that were read.
  init(_ connection: Connection, _ tables: Tables, bounds: HistoryBounds) throws(JournalError) {
    self.connection = connection
    self.tables = tables
    self.bounds = bounds
    begin = try connection.prepare("BEGIN IMMEDIATE")
    end = try connection.prepare("COMMIT")
    events = try EventTable(connection)
    removed = try RemovedTable(connection)
  }

  /// Writes all events in one transaction, and drops a few of the oldest.
  mutating func commit(_ new: [Event]) throws(JournalError) {
    guard let newest = new.last else { return }
    removals.removeAll()
    do throws(JournalError) {
      try begin.run()
      try write(new, last: newest)
      try end.run()
    } catch {
      connection.rollBack()
      tables.rollBack()
      events.rollBack()
      throw error
    }
    tables.keep()
  }

  private mutating func write(_ new: [Event], last: Event) throws(JournalError) {
    for event in new {
      for change in event.changes { try tables.apply(change, at: event.revision, &removals) }
      try events.put(event)
    }
    for (name, removal) in removals.nodes { try tables.nodes.note(removal, on: name) }
    try removed.put(removals, last: last.revision)
    try events.trim(bounds.limits(after: last), atMost: HistoryBounds.chunk(committing: new.count))
  }
}
