internal import CUV

/// What connections send at the end of a loop's turn, together.
///
/// Whoever gets it is then woken once and not for each piece, and the system's code and that which made the pieces don't take
/// turns in the processor's caches: under load that saves more than the copy costs.
@safe final class LoopOutbox {
  @unsafe private struct Entry {
    let connection: Unmanaged<TCPConnection>
    let start: Int
    /// 0 once it is sent.
    var size: Int
  }

  private let bytes: UnsafeMutableRawPointer
  private let entries: UnsafeMutablePointer<Entry>
  // One thread alone uses these, so that no two accesses can overlap: to check each would cost as much as the copy.
  @exclusivity(unchecked) private var used = 0
  @exclusivity(unchecked) private var count = 0
  /// How many of the entries are dealt with, and no longer there.
  @exclusivity(unchecked) private var done = 0

  /// More than this is not gathered.
  private static let byteCapacity = 256 << 10
  private static let entryCapacity = 4_096

  init() {
    unsafe bytes = .allocate(byteCount: Self.byteCapacity, alignment: 64)
    unsafe entries = .allocate(capacity: Self.entryCapacity)
  }

  deinit {
    for index in unsafe done..<count { unsafe entries[index].connection.release() }
    unsafe entries.deallocate()
    unsafe bytes.deallocate()
  }

  /// Keeps a copy of a piece until the end of the turn; it is small against what there is room for.
  func add(_ span: Span<UInt8>, for connection: TCPConnection) {
    if unsafe used + span.count > Self.byteCapacity || count == Self.entryCapacity { flush() }
    unsafe span.withUnsafeBytes { from in
      guard let start = from.baseAddress else { return }
      unsafe (bytes + used).copyMemory(from: start, byteCount: from.count)
      unsafe (entries + count).initialize(
        to: Entry(connection: .passRetained(connection), start: used, size: from.count))
      unsafe used += from.count
      unsafe count += 1
    }
  }

  /// Sends all of it. What is added meanwhile is sent too.
  func flush() {
    while unsafe done < count {
      let entry = unsafe entries[done]
      unsafe done += 1
      unsafe send(entry.start, entry.size, on: entry.connection.takeRetainedValue())
    }
    unsafe (used, count, done) = (0, 0, 0)
  }

  /// Sends what one connection has left here, which is about to close or to send something else.
  func flush(_ connection: TCPConnection) {
    var index = unsafe done
    // Not over a range: whoever hears of a failure may send so much that all of this is emptied meanwhile.
    while unsafe index < count {
      let entry = unsafe entries[index]
      if unsafe entry.connection.toOpaque() == Unmanaged.passUnretained(connection).toOpaque() {
        unsafe entries[index].size = 0
        unsafe send(entry.start, entry.size, on: connection)
      }
      index += 1
    }
  }

  private func send(_ start: Int, _ size: Int, on connection: TCPConnection) {
    guard size > 0, connection.takeGathered() else { return }
    let piece = unsafe UnsafeRawBufferPointer(start: bytes + start, count: size)
    let sent = unsafe connection.sendNow(piece)
    guard sent != size else { return connection.count(sent: sent) }
    // Copied before what follows, since that may add to the bytes.
    let rest = sent < 0 ? [] : unsafe Array(piece[sent...])
    connection.finishSend(sent, rest)
  }
}
