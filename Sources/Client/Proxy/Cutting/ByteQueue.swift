/// Bytes that have arrived and are not dealt with yet.
struct ByteQueue: Sendable {
  private var bytes: [UInt8] = []
  private var start = 0

  var count: Int { bytes.count - start }
  var isEmpty: Bool { count == 0 }

  /// Looks at all of them.
  func withSpan<Result>(_ body: (Span<UInt8>) -> Result) -> Result { body(bytes.span.extracting(start...)) }

  /// Adds bytes at the end.
  mutating func append(_ span: Span<UInt8>) {
    // Without this the library writes to the storage that all empty arrays share.
    guard !span.isEmpty else { return }
    bytes.append(addingCapacity: span.count) { output in
      for index in span.indices { output.append(span[index]) }
    }
  }

  /// Takes bytes away from the front, as many as there are at most. The memory is given back with the last one.
  mutating func drop(_ count: Int) {
    start += min(max(count, 0), self.count)
    if start == bytes.count {
      bytes = []
      start = 0
    } else if start > bytes.count / 2 {
      // Each byte is moved at most once for every byte that was dropped.
      bytes.removeFirst(start)
      start = 0
    }
  }
}
