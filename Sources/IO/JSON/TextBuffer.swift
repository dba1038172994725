/// A growing buffer that JSON text is written into.
///
/// The array is longer than the text, so that appending is a comparison and a store. Appending to an array
/// instead costs several times as much for the short keys and values that response bodies are made of.
struct TextBuffer: Sendable {
  /// How many bytes of text there are.
  private(set) var count = 0
  private var storage: [UInt8]

  init(reserving capacity: Int) {
    storage = Array(repeating: 0, count: max(capacity, 0))
  }

  /// The text.
  var bytes: [UInt8] { Array(storage.prefix(count)) }

  mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    storage[count] = byte
    count += 1
  }

  mutating func append(_ byte: UInt8, times: Int) {
    makeRoom(for: times)
    for index in count..<count + times { storage[index] = byte }
    count += times
  }

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    let end = count + text.count
    makeRoom(for: text.count)
    unsafe storage.withUnsafeMutableBytes { target in
      unsafe UnsafeMutableRawBufferPointer(rebasing: target[count..<end]).copyMemory(from: UnsafeRawBufferPointer(text))
    }
    count = end
  }

  /// Appends text between quotes, in one go: this is nearly all that a response body takes.
  mutating func append(betweenQuotes text: UnsafeBufferPointer<UInt8>) {
    let start = count + 1
    let end = start + text.count
    makeRoom(for: text.count + 2)
    unsafe storage.withUnsafeMutableBytes { target in
      unsafe target[start - 1] = UInt8(ascii: "\"")
      unsafe UnsafeMutableRawBufferPointer(rebasing: target[start..<end]).copyMemory(from: UnsafeRawBufferPointer(text))
      unsafe target[end] = UInt8(ascii: "\"")
    }
    count = end + 1
  }

  /// Appends an integer in decimal.
  mutating func append(decimal value: Int64) {
    makeRoom(for: 20)
    if value < 0 { append(UInt8(ascii: "-")) }
    var digits = 1
    var limit: UInt64 = 10
    let magnitude = value.magnitude
    // 10¹⁹ is the last power of ten that fits; no Int64 has more digits than that.
    while digits < 19 && magnitude >= limit {
      digits += 1
      limit *= 10
    }
    var rest = magnitude
    for index in stride(from: count + digits - 1, through: count, by: -1) {
      storage[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += digits
  }

  @inline(__always)
  private mutating func makeRoom(for more: Int) {
    if storage.count - count < more { grow(to: max(2 * storage.count, count + more, 256)) }
  }

  @inline(never)
  private mutating func grow(to capacity: Int) {
    let used = count
    unsafe storage = Array(unsafeUninitializedCapacity: capacity) { target, initialized in
      _ = unsafe target.initialize(fromContentsOf: storage[..<used])
      unsafe target[used...].initialize(repeating: 0)
      initialized = capacity
    }
  }
}
