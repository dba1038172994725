/// Appends JSON text to a buffer of bytes.
///
/// The writer sets commas and white space. Its caller sees to the rest of the grammar: in an object each value
/// follows a key, and there is one value at the top.
public struct JSONWriter: Sendable {
  /// The text so far, in UTF-8.
  public private(set) var bytes: [UInt8] = []

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
    bytes.reserveCapacity(capacity)
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

  /// Writes the key of the member whose value comes next.
  public mutating func key(_ key: String) {
    startValue()
    bytes.appendQuoted(key)
    bytes.append(UInt8(ascii: ":"))
    if isPretty { bytes.append(UInt8(ascii: " ")) }
    isAfterKey = true
  }

  /// Writes a string.
  public mutating func string(_ value: String) {
    startValue()
    bytes.appendQuoted(value)
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
    literal(value ? "true" : "false")
  }

  /// Writes `null`.
  public mutating func null() {
    literal("null")
  }

  @usableFromInline
  mutating func literal(_ text: String) {
    startValue()
    bytes.append(contentsOf: text.utf8)
  }

  @usableFromInline
  mutating func write(_ value: Int64) {
    startValue()
    bytes.appendDecimal(value)
  }

  @usableFromInline
  mutating func open(_ bracket: UInt8) {
    startValue()
    bytes.append(bracket)
    depth += 1
    isFirst = true
  }

  @usableFromInline
  mutating func close(_ bracket: UInt8) {
    depth -= 1
    if isPretty && !isFirst { startLine() }
    bytes.append(bracket)
    isFirst = false
  }

  /// Writes what stands between a value or key and what is before it.
  private mutating func startValue() {
    if isAfterKey {
      isAfterKey = false
      return
    }
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    if isPretty && depth > 0 { startLine() }
  }

  private mutating func startLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 4 * depth))
  }
}
