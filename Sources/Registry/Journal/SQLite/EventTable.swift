internal import MusterCatalog
internal import MusterTiming

/// The table `events`.
struct EventTable {
  private let put: Statement
  private let oldest: Statement
  private let remove: Statement
  private var row = Parameters()

  init(_ connection: Connection) throws(JournalError) {
    put = try connection.prepare(
      """
      INSERT INTO events (revision, time, kind, service, node, instance, check_id, cause)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    oldest = try connection.prepare("SELECT revision, time FROM events ORDER BY revision LIMIT ?")
    remove = try connection.prepare("DELETE FROM events WHERE revision <= ?")
  }

  mutating func put(_ event: Event) throws(JournalError) {
    row.removeAll()
    row.revision(event.revision)
    row.integer(event.time.milliseconds)
    row.text(event.kind.rawValue)
    row.text(event.subject.service)
    row.text(event.subject.node)
    row.text(event.subject.instance)
    row.text(event.subject.check)
    row.text(event.cause)
    try put.run(row)
  }

  /// Removes the oldest events that are beyond the limits, at most `count`.
  mutating func trim(_ limits: HistoryLimits, atMost count: Int) throws(JournalError) {
    guard let last = try lastToTrim(limits, atMost: count) else { return }
    row.removeAll()
    row.integer(last)
    try remove.run(row)
  }

  private mutating func lastToTrim(_ limits: HistoryLimits, atMost count: Int) throws(JournalError) -> Int64? {
    row.removeAll()
    row.integer(count)
    var last: Int64?
    var isDone = false
    try oldest.run(row) { row in
      let revision = row.integer(0)
      let time = Timestamp(milliseconds: row.integer(1))
      isDone = isDone || !limits.exclude(revision: UInt64(clamping: revision), time: time)
      if !isDone { last = revision }
    }
    return last
  }
}
