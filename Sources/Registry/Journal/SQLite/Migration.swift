/// A step from one version of the schema to the next.
struct Migration {
  /// The version after the step.
  let version: Int64
  /// The statements.
  let sql: String

  /// All steps, oldest first.
  ///
  /// A step that was released is never changed.
  static let all = [Migration(version: 1, sql: schema1)]
}

extension Connection {
  /// Marks our databases: "Must" in ASCII.
  static var applicationID: Int64 { 0x4D75_7374 }

  /// Brings the schema up to the last of `migrations`, each step in a transaction of its own.
  func migrate(_ migrations: [Migration]) throws(JournalError) {
    let current = try integer("PRAGMA user_version")
    try refuse(version: current, newerThan: migrations)
    for step in migrations where step.version > current {
      try transaction { () throws(JournalError) in
        try execute(step.sql)
        try execute("PRAGMA application_id = \(Self.applicationID); PRAGMA user_version = \(step.version)")
      }
    }
    // The version is looked for in the database itself, before SQLite reads the log.
    if current > 0, current < migrations.last?.version ?? 0 { try execute("PRAGMA wal_checkpoint(TRUNCATE)") }
  }

  private func refuse(version: Int64, newerThan migrations: [Migration]) throws(JournalError) {
    let known = migrations.last?.version ?? 0
    guard version > known else { return }
    throw .newerVersion(path, version: version, known: known)
  }
}

extension JournalError {
  static func newerVersion(_ path: String, version: Int64, known: Int64) -> JournalError {
    JournalError(
      .newerVersion,
      "\(path) has schema version \(version), and this program knows versions up to \(known): run the newer program, "
        + "or give another --data-dir. Nothing was changed")
  }
}
