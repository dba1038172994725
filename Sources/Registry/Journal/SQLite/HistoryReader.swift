internal import MusterCatalog
internal import MusterTiming

/// Reads events over a connection of its own, so that the writer does not wait.
struct HistoryReader {
  private let everything: Statement
  private let ofService: Statement

  init(_ path: String) throws(JournalError) {
    let connection = try Connection(path, .read)
    let columns = "revision, time, kind, service, node, instance, check_id, cause"
    everything = try connection.prepare("SELECT \(columns) FROM events ORDER BY revision DESC LIMIT ?1")
    ofService = try connection.prepare(
      """
      SELECT \(columns) FROM events
      WHERE service = ?2 OR service = '' AND node IN (
        SELECT node FROM events WHERE service = ?2 UNION SELECT node FROM instances WHERE service = ?2)
      ORDER BY revision DESC LIMIT ?1
      """)
  }

  /// The newest `limit` entries, oldest first.
  func history(of service: String?, limit: Int) throws(JournalError) -> [HistoryEntry] {
    var parameters = Parameters()
    parameters.integer(max(0, limit))
    if let service { parameters.text(service) }
    var entries: [HistoryEntry] = []
    try (service == nil ? everything : ofService).run(parameters) { (row) throws(JournalError) in
      entries.append(try entry(row))
    }
    return entries.reversed()
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
