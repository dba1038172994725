internal import MusterCatalog
internal import MusterTiming

/// The table `events`.
struct EventTable {
  private let put: Statement
  private let oldest: Statement
  private let remove: Statement
  private var row = Parameters()
  /// The oldest event that is kept, where that is known: as long as it is not to go, none is.
  private var first: Age?

  private struct Age {
    let revision: UInt64
    let time: Timestamp
  }

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
    if let first, !limits.exclude(revision: first.revision, time: first.time) { return }
    guard let last = try lastToTrim(limits, atMost: count) else { return }
    row.removeAll()
    row.integer(last)
    try remove.run(row)
  }

  /// What was written since the last commit was rolled back.
  mutating func rollBack() { first = nil }

  private mutating func lastToTrim(_ limits: HistoryLimits, atMost count: Int) throws(JournalError) -> Int64? {
    row.removeAll()
    row.integer(count)
    var last: Int64?
    var kept: Age?
    try oldest.run(row) { row in
      guard kept == nil else { return }
      let age = Age(revision: UInt64(clamping: row.integer(0)), time: Timestamp(milliseconds: row.integer(1)))
      if limits.exclude(revision: age.revision, time: age.time) { last = row.integer(0) } else { kept = age }
    }
    first = kept
    return last
  }
}
