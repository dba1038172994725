/// The calls of one connection in the order in which they came: their answers leave in that order, whichever is there first.
struct ReplyOrder: Sendable {
  private enum Entry: Sendable {
    case open
    case answered([UInt8])
  }

  private var entries: [Entry] = []
  /// The number of the first entry.
  private var first: UInt64 = 0

  /// How many calls wait for their answer, or for that of an earlier one.
  var count: Int { entries.count }

  /// A call has come.
  ///
  /// - Returns: its number, for the answer.
  mutating func add() -> UInt64 {
    entries.append(.open)
    return first &+ UInt64(entries.count - 1)
  }

  /// An answer has come.
  ///
  /// - Returns: whether it may leave now, and is then no longer kept here; else it is kept until its turn.
  mutating func answer(_ number: UInt64, _ bytes: Span<UInt8>) -> Bool {
    if number == first, !entries.isEmpty {
      removeFirst()
      return true
    }
    let index = Int(truncatingIfNeeded: number &- first)
    guard entries.indices.contains(index) else { return false }
    entries[index] = .answered([UInt8](copying: bytes))
    return false
  }

  /// The next answer whose turn has come.
  mutating func takeReady() -> [UInt8]? {
    guard case .answered(let bytes) = entries.first else { return nil }
    removeFirst()
    return bytes
  }

  private mutating func removeFirst() {
    first &+= 1
    // Most callers wait for one answer before they call again.
    if entries.count == 1 { entries.removeLast() } else { entries.removeFirst() }
  }
}

extension [UInt8] {
  /// A copy of bytes.
  @inline(__always)
  init(copying span: Span<UInt8>) {
    self.init()
    // Without this the library writes to the storage that all empty arrays share.
    guard !span.isEmpty else { return }
    // Not at once: the initializer with a capacity is not made for bytes in particular, and several times as dear.
    append(addingCapacity: span.count) { output in
      for index in span.indices { output.append(span[index]) }
    }
  }
}
