/// A growing buffer that JSON text is written into.
///
/// Memory of its own and not an array: appending is then a comparison and a store, without a look at who else holds the
/// array, and room for more is not filled with zeros first.
@safe struct TextBuffer: ~Copyable, @unchecked Sendable {
  /// How many bytes of text there are.
  private(set) var count = 0
  private var capacity: Int
  private var start: UnsafeMutablePointer<UInt8>

  init(reserving wanted: Int) {
    capacity = max(wanted, 64)
    unsafe start = .allocate(capacity: capacity)
  }

  deinit {
    unsafe start.deallocate()
  }

  /// The text.
  var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: start, count: count)) }

  /// Makes room for so many more bytes.
  @inline(__always)
  mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(by: more) }
  }

  @inline(never)
  private mutating func grow(by more: Int) {
    let wanted = max(2 * capacity, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
    unsafe larger.update(from: start, count: count)
    unsafe start.deallocate()
    unsafe start = larger
    capacity = wanted
  }

  mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe start[count] = byte
    count += 1
  }

  mutating func append(_ byte: UInt8, times: Int) {
    reserve(times)
    unsafe (start + count).update(repeating: byte, count: times)
    count += times
  }

  /// Appends text that needs no escape.
  mutating func append(plain text: UnsafeBufferPointer<UInt8>) {
    guard let source = text.baseAddress else { return }
    reserve(text.count)
    unsafe (start + count).update(from: source, count: text.count)
    count += text.count
  }

  /// Appends a part of the text again.
  mutating func append(again range: Range<Int>) {
    precondition(range.upperBound <= count)
    reserve(range.count)
    unsafe (start + count).update(from: start + range.lowerBound, count: range.count)
    count += range.count
  }

  /// Appends a JSON string: the text between quotes, escaped where RFC 8259 asks for it.
  mutating func append(quoted text: UnsafeBufferPointer<UInt8>) {
    reserve(text.count + 2)
    unsafe start[count] = UInt8(ascii: "\"")
    let plain = unsafe text.copyUpToEscape(start + count + 1)
    count += plain + 1
    if plain < text.count { unsafe append(escaping: UnsafeBufferPointer(rebasing: text[plain...])) }
    append(UInt8(ascii: "\""))
  }

  /// Appends text of which the first byte needs an escape.
  @inline(never)
  private mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
    var rest = unsafe text
    while let byte = unsafe rest.first {
      append(escapeOf: byte)
      unsafe rest = UnsafeBufferPointer(rebasing: rest.dropFirst())
      reserve(rest.count)
      let plain = unsafe rest.copyUpToEscape(start + count)
      count += plain
      unsafe rest = UnsafeBufferPointer(rebasing: rest.dropFirst(plain))
    }
  }

  /// Appends an integer in decimal.
  mutating func append(decimal value: Int64) {
    reserve(20)
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
    var place = unsafe start + count + digits
    repeat {
      unsafe place -= 1
      unsafe place.pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    count += digits
  }
}
