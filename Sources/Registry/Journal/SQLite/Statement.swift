internal import CSQLite
internal import Glibc

/// A compiled statement, for use again and again by the thread that uses its connection.
@safe final class Statement {
  private let connection: Connection
  private let handle: OpaquePointer

  @unsafe init(_ handle: OpaquePointer, on connection: Connection) {
    unsafe self.handle = handle
    self.connection = connection
  }

  deinit {
    unsafe sqlite3_finalize(handle)
  }

  /// Runs a statement without parameters and results.
  func run() throws(JournalError) {
    defer { reset() }
    _ = try step()
  }

  /// Runs a statement without results; returns how many rows it changed.
  @discardableResult
  func run(_ parameters: borrowing Parameters) throws(JournalError) -> Int {
    try run(parameters) { _ in }
    return connection.changes
  }

  /// Runs a statement, with `body` for each row of its result.
  func run(
    _ parameters: borrowing Parameters, _ body: (Statement) throws(JournalError) -> Void
  ) throws(JournalError) {
    // The text of the parameters is there only as long as the buffer is borrowed.
    try unsafe parameters.bytes.withUnsafeBufferPointer { (bytes) throws(JournalError) in
      defer { reset() }
      try unsafe bind(parameters.values, bytes)
      while try step() { try body(self) }
    }
  }

  private func bind(_ values: [Parameters.Value], _ bytes: UnsafeBufferPointer<UInt8>) throws(JournalError) {
    guard Int(unsafe sqlite3_bind_parameter_count(handle)) == values.count,
      let base = unsafe UnsafeRawPointer(bytes.baseAddress)
    else {
      throw JournalError(.io, "\(connection.path): \(values.count) parameters do not fit \(sql)")
    }
    var index: Int32 = 0
    for value in values {
      index += 1
      let code =
        switch value {
        case .null:
          unsafe sqlite3_bind_null(handle, index)
        case .integer(let value):
          unsafe sqlite3_bind_int64(handle, index, value)
        case .text(let range):
          unsafe sqlite3_bind_text64(
            handle, index, (base + range.lowerBound).assumingMemoryBound(to: CChar.self), UInt64(range.count), nil,
            UInt8(SQLITE_UTF8))
        }
      try connection.check(code, "binding to \(sql)")
    }
  }

  /// Moves to the next row; false when there is none.
  func step() throws(JournalError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    try connection.check(code, "running \(sql)")
    return false
  }

  /// Makes the statement ready to run from its start.
  func reset() {
    // The code is that of the last step, which was looked at.
    _ = unsafe sqlite3_reset(handle)
  }

  private var sql: String {
    unsafe sqlite3_sql(handle).map { unsafe String(cString: $0) } ?? ""
  }
}

// The columns of the row that the statement stands on.
extension Statement {
  func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

  func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  /// The column's text; damaged when it is not UTF-8.
  func text(_ column: Int32) throws(JournalError) -> String {
    let text = unsafe bytes(column) { unsafe String(decoding: $0, as: UTF8.self) }
    // Decoding repairs what is not UTF-8. This takes a fifth of the time that `String(validating:as:)` does.
    guard isText(column, text) else {
      throw .damaged(connection.path, "text that is not UTF-8 (while running \(sql))")
    }
    return text
  }

  /// Whether the column has exactly the bytes of `text`.
  func isText(_ column: Int32, _ text: String) -> Bool {
    unsafe bytes(column) { bytes in
      let isEqual = unsafe text.utf8.withContiguousStorageIfAvailable { text in
        guard let left = text.baseAddress, let right = bytes.baseAddress else { return text.count == bytes.count }
        return unsafe text.count == bytes.count && memcmp(left, right, text.count) == 0
      }
      return unsafe isEqual ?? text.utf8.elementsEqual(bytes)
    }
  }

  /// The column's bytes; only to be used within `body`.
  private func bytes<R>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    // In this order, as the first call may move the text.
    let start = unsafe sqlite3_column_text(handle, column)
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe body(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// An error for a row that can't be what was written.
  func damaged(_ what: String) -> JournalError { .damaged(connection.path, what) }
}
