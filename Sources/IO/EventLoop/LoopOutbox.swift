internal import CUV

/// What connections send at the end of a loop's turn, together.
///
/// Whoever gets it is then woken once and not for each piece, and the system's code and that which made the pieces don't take
/// turns in the processor's caches: under load that saves more than the copy costs.
final class LoopOutbox {
  private struct Entry {
    let connection: TCPConnection
    /// Empty once it is sent.
    var bytes: Range<Int>
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// How many of the entries are dealt with.
  private var done = 0

  /// More than this is not gathered.
  private static let capacity = 256 << 10

  /// Keeps a copy of bytes until the end of the turn.
  func add(_ span: Span<UInt8>, for connection: TCPConnection) {
    if bytes.count + span.count > Self.capacity { flush() }
    let start = bytes.count
    bytes.append(addingCapacity: span.count) { output in
      for index in span.indices { output.append(span[index]) }
    }
    entries.append(Entry(connection: connection, bytes: start..<bytes.count))
  }

  /// Sends all of it. What is added meanwhile is sent too.
  func flush() {
    guard !entries.isEmpty else { return }
    while done < entries.count {
      done += 1
      send(done - 1)
    }
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    done = 0
  }

  /// Sends what one connection has left here, which is about to close or to send something else.
  func flush(_ connection: TCPConnection) {
    var index = done
    // Not over a range: whoever hears of a failure may send so much that all of this is emptied meanwhile.
    while index < entries.count {
      if entries[index].connection === connection { send(index) }
      index += 1
    }
  }

  private func send(_ index: Int) {
    let entry = entries[index]
    let connection = entry.connection
    guard connection.gatheredCount > 0, !entry.bytes.isEmpty else { return }
    entries[index].bytes = 0..<0
    connection.gatheredCount -= 1
    let count = connection.sendNow(bytes.span.extracting(entry.bytes))
    guard count != entry.bytes.count else { return connection.sentCount &+= UInt64(count) }
    // Only after the look at the bytes, since what follows may add to them.
    let rest = count < 0 ? [] : Array(bytes[(entry.bytes.lowerBound + count)..<entry.bytes.upperBound])
    connection.finishSend(count, rest)
  }
}

/// Calls at the end of each turn of a loop, and before it waits.
final class LoopTurn: LoopHandle {
  init(checking loop: EventLoop) {
    unsafe super.init(loop, size: MemoryLayout<uv_check_t>.size)
    let check = unsafe memory.assumingMemoryBound(to: uv_check_t.self)
    unsafe uv_check_init(loop.raw, check)
    opened()
    unsafe uv_check_start(check) { handle in
      unsafe owner(handle?.pointee.data, as: LoopTurn.self)?.loop.outbox.flush()
    }
    unsafe uv_unref(handle)
  }

  init(preparing loop: EventLoop) {
    unsafe super.init(loop, size: MemoryLayout<uv_prepare_t>.size)
    let prepare = unsafe memory.assumingMemoryBound(to: uv_prepare_t.self)
    unsafe uv_prepare_init(loop.raw, prepare)
    opened()
    unsafe uv_prepare_start(prepare) { handle in
      unsafe owner(handle?.pointee.data, as: LoopTurn.self)?.loop.outbox.flush()
    }
    unsafe uv_unref(handle)
  }
}
