/// Appends JSON text to a buffer of bytes.
///
/// The writer sets commas and white space. Its caller sees to the rest of the grammar: in an object each value
/// follows a key, and there is one value at the top.
public struct JSONWriter: ~Copyable, Sendable {
  /// A part of what has been written.
  public struct Passage: Sendable {
    @usableFromInline let range: Range<Int>

    @usableFromInline init(range: Range<Int>) {
      self.range = range
    }
  }

  /// The text so far, in UTF-8: a copy of the buffer.
  public var bytes: [UInt8] { text.bytes }

  private var text: TextBuffer
  private let isPretty: Bool
  private var depth = 0
  /// Nothing has been written yet into the array or object that is open.
  private var isFirst = true
  private var isAfterKey = false

  /// A writer with an empty buffer.
  ///
  /// - Parameters:
  ///   - pretty: Whether each element and member gets a line of its own, indented by 4 spaces a level.
  ///   - capacity: The bytes to make room for at the start.
  public init(pretty: Bool = false, reserving capacity: Int = 0) {
    isPretty = pretty
    text = TextBuffer(reserving: capacity)
  }

  /// Writes an object, whose members `body` writes.
  @inlinable
  public mutating func object<Failure>(_ body: (inout JSONWriter) throws(Failure) -> Void) throws(Failure) {
    open(UInt8(ascii: "{"))
    try body(&self)
    close(UInt8(ascii: "}"))
  }

  /// Writes an array, whose elements `body` writes.
  @inlinable
  public mutating func array<Failure>(_ body: (inout JSONWriter) throws(Failure) -> Void) throws(Failure) {
    open(UInt8(ascii: "["))
    try body(&self)
    close(UInt8(ascii: "]"))
  }

  /// Makes room for so many more bytes, so that the buffer need not grow in several steps.
  public mutating func reserve(_ more: Int) {
    text.reserve(max(0, more))
  }

  /// Writes the key of the member whose value comes next.
  @_disfavoredOverload
  public mutating func key(_ key: String) {
    startValue()
    text.append(quoted: key)
    endKey()
  }

  /// Writes the key of the member whose value comes next, from a literal.
  public mutating func key(_ key: StaticString) {
    startValue()
    key.withUTF8Buffer { unsafe text.append(quoted: $0) }
    endKey()
  }

  @inline(__always)
  private mutating func endKey() {
    text.append(UInt8(ascii: ":"))
    if isPretty { text.append(UInt8(ascii: " ")) }
    isAfterKey = true
  }

  /// Writes a string.
  public mutating func string(_ value: String) {
    startValue()
    text.append(quoted: value)
  }

  /// Writes an integer.
  @inlinable
  public mutating func integer(_ value: some FixedWidthInteger) {
    if let small = Int64(exactly: value) {
      write(small)
    } else {
      literal(value.description)
    }
  }

  /// Writes a number in the fewest digits that give it back; `null` if it is infinite or not a number.
  public mutating func number(_ value: Double) {
    literal(value.isFinite ? value.description : "null")
  }

  /// Writes `true` or `false`.
  public mutating func bool(_ value: Bool) {
    startValue()
    text.append(literal: value ? "true" : "false")
  }

  /// Writes `null`.
  public mutating func null() {
    startValue()
    text.append(literal: "null")
  }

  @usableFromInline
  mutating func literal(_ literal: String) {
    startValue()
    text.append(plain: literal)
  }

  @usableFromInline
  mutating func write(_ value: Int64) {
    startValue()
    text.append(decimal: value)
  }

  @usableFromInline
  mutating func open(_ bracket: UInt8) {
    startValue()
    text.append(bracket)
    depth += 1
    isFirst = true
  }

  @usableFromInline
  mutating func close(_ bracket: UInt8) {
    depth -= 1
    if isPretty && !isFirst { startLine() }
    text.append(bracket)
    isFirst = false
  }

  /// Writes members, or elements, that can be written again.
  ///
  /// - Parameter body: Writes at least one key with its value, at least one element, or the value of a key.
  /// - Returns: Where they stand.
  @inlinable
  public mutating func passage(_ body: (inout JSONWriter) -> Void) -> Passage {
    let start = startOfPassage
    body(&self)
    return Passage(range: start..<length)
  }

  /// Writes what a passage consists of once more, in a place of the same kind and, if this is pretty, the same depth.
  public mutating func write(again passage: Passage) {
    if isAfterKey {
      isAfterKey = false
    } else {
      if !isFirst { text.append(UInt8(ascii: ",")) }
      isFirst = false
    }
    text.append(again: passage.range)
  }

  /// Where the next value or key starts, past the comma.
  @usableFromInline
  var startOfPassage: Int { text.count + (isFirst || isAfterKey ? 0 : 1) }

  /// How many bytes have been written.
  public var length: Int { text.count }

  /// Writes what stands between a value or key and what is before it.
  @inline(__always)
  private mutating func startValue() {
    if isAfterKey {
      isAfterKey = false
      return
    }
    if !isFirst { text.append(UInt8(ascii: ",")) }
    isFirst = false
    if isPretty && depth > 0 { startLine() }
  }

  private mutating func startLine() {
    text.append(UInt8(ascii: "\n"))
    text.append(UInt8(ascii: " "), times: 4 * depth)
  }
}
