/// Writes the compact protocol.
public struct ThriftCompactWriter: ThriftWriter {
  /// What is written so far.
  public var bytes: [UInt8]

  /// Creates a writer; what is already written, such as a frame's size, is nothing by default.
  public init(appendingTo bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  /// Writes what a message begins with.
  public mutating func messageHead(_ head: ThriftMessageHead) {
    CompactHead.append(head, to: &bytes)
  }

  /// Writes what a field begins with.
  public mutating func field(_ id: Int16, after previous: Int16, _ type: ThriftType) {
    field(id, after: previous, code: CompactType.code(type))
  }

  /// Writes a Boolean field as a whole.
  public mutating func boolField(_ id: Int16, after previous: Int16, _ value: Bool) {
    field(id, after: previous, code: value ? CompactType.isTrue : CompactType.isFalse)
  }

  @inline(__always)
  private mutating func field(_ id: Int16, after previous: Int16, code: UInt8) {
    let delta = Int(id) - Int(previous)
    if delta > 0, delta <= 15 { return bytes.append(UInt8(delta) << 4 | code) }
    bytes.append(code)
    i16(id)
  }

  /// Ends a struct.
  public mutating func stop() {
    bytes.append(0)
  }

  /// Writes what a list or set begins with.
  public mutating func elements(_ type: ThriftType, count: Int) {
    let code = CompactType.code(type)
    if count >= 0, count < 15 { return bytes.append(UInt8(count) << 4 | code) }
    bytes.append(0xF0 | code)
    bytes.append(varint: UInt64(UInt32(truncatingIfNeeded: count)))
  }

  /// Writes what a map begins with.
  public mutating func map(_ keyType: ThriftType, _ valueType: ThriftType, count: Int) {
    bytes.append(varint: UInt64(UInt32(truncatingIfNeeded: count)))
    if count != 0 { bytes.append(CompactType.code(keyType) << 4 | CompactType.code(valueType)) }
  }

  /// Writes true or false.
  public mutating func bool(_ value: Bool) {
    bytes.append(value ? CompactType.isTrue : CompactType.isFalse)
  }

  /// Writes 8 bits.
  public mutating func byte(_ value: Int8) {
    bytes.append(UInt8(bitPattern: value))
  }

  /// Writes 16 bits.
  public mutating func i16(_ value: Int16) {
    i64(Int64(value))
  }

  /// Writes 32 bits.
  public mutating func i32(_ value: Int32) {
    i64(Int64(value))
  }

  /// Writes 64 bits.
  public mutating func i64(_ value: Int64) {
    bytes.append(varint: Varint.fold(value))
  }

  /// Writes a floating point number.
  public mutating func double(_ value: Double) {
    bytes.append(word64: value.bitPattern.byteSwapped)
  }

  /// Writes text.
  public mutating func string(_ value: String) {
    bytes.append(varint: UInt64(UInt32(truncatingIfNeeded: value.utf8.count)))
    bytes.append(contentsOf: value.utf8)
  }

  /// Writes bytes.
  public mutating func binary(_ value: [UInt8]) {
    bytes.append(varint: UInt64(UInt32(truncatingIfNeeded: value.count)))
    bytes.append(contentsOf: value)
  }
}
