internal import MusterCatalog
internal import MusterTiming

/// Reads events over a connection of its own, so that the writer does not wait.
///
/// Unchecked: the journal only touches it with its lock held.
struct HistoryReader: @unchecked Sendable {
  private let everything: Statement
  private let instances: Statement
  private let ofService: Statement

  init(_ path: String) throws(JournalError) {
    let connection = try Connection(path, .read)
    let columns = "revision, time, kind, service, node, instance, check_id, cause"
    everything = try connection.prepare("SELECT \(columns) FROM events ORDER BY revision DESC LIMIT ?1")
    ofService = try connection.prepare(
      """
      SELECT \(columns) FROM events WHERE service = ?1 OR service = '' ORDER BY revision DESC
      """)
    instances = try connection.prepare("SELECT node, id FROM instances WHERE service = ?1")
  }

  /// The newest `limit` entries, oldest first.
  func history(of service: String?, limit: Int) throws(JournalError) -> [HistoryEntry] {
    var parameters = Parameters()
    if let service {
      parameters.text(service)
      return try history(of: service, parameters, limit: max(0, limit))
    }
    parameters.integer(max(0, limit))
    var entries: [HistoryEntry] = []
    try everything.run(parameters) { (row) throws(JournalError) in entries.append(try entry(row)) }
    return entries.reversed()
  }

  /// What is committed between the two statements does no harm: going back over it leads to the instances again.
  private func history(
    of service: String, _ parameters: borrowing Parameters, limit: Int
  ) throws(JournalError) -> [HistoryEntry] {
    var history = ServiceHistory(of: service, limit: limit)
    try instances.run(parameters) { (row) throws(JournalError) in
      history.note(try row.text(1), on: try row.text(0))
    }
    try ofService.run(parameters) { (row) throws(JournalError) in
      if !history.isComplete { history.take(try entry(row)) }
    }
    return history.entries
  }

  private func entry(_ row: Statement) throws(JournalError) -> HistoryEntry {
    let text = try row.text(2)
    guard let kind = Event.Kind(rawValue: text) else { throw row.damaged("the event of kind \(text)") }
    return HistoryEntry(
      revision: UInt64(clamping: row.integer(0)), time: Timestamp(milliseconds: row.integer(1)), kind: kind,
      subject: Event.Subject(
        service: try row.text(3), node: try row.text(4), instance: try row.text(5), check: try row.text(6)),
      cause: try row.text(7))
  }
}
