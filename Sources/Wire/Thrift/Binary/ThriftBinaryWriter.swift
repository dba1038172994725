/// Writes the binary protocol.
public struct ThriftBinaryWriter: ThriftWriter {
  /// What is written so far.
  public var bytes: [UInt8]
  private let isStrict: Bool

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - bytes: what is already written, such as a frame's size; nothing by default.
  ///   - isStrict: whether message heads begin with a version.
  public init(appendingTo bytes: [UInt8] = [], isStrict: Bool = true) {
    self.bytes = bytes
    self.isStrict = isStrict
  }

  /// Writes what a message begins with.
  public mutating func messageHead(_ head: ThriftMessageHead) {
    BinaryHead.append(head, isStrict: isStrict, to: &bytes)
  }

  /// Writes what a field begins with.
  public mutating func field(_ id: Int16, after previous: Int16, _ type: ThriftType) {
    let id = UInt16(bitPattern: id)
    bytes.append(addingCapacity: 3) { output in
      output.append(type.rawValue)
      output.append(UInt8(truncatingIfNeeded: id >> 8))
      output.append(UInt8(truncatingIfNeeded: id))
    }
  }

  /// Writes a Boolean field as a whole.
  public mutating func boolField(_ id: Int16, after previous: Int16, _ value: Bool) {
    field(id, after: previous, .bool)
    bool(value)
  }

  /// Ends a struct.
  public mutating func stop() {
    bytes.append(0)
  }

  /// Writes what a list or set begins with.
  public mutating func elements(_ type: ThriftType, count: Int) {
    bytes.append(type.rawValue)
    bytes.append(word32: UInt32(truncatingIfNeeded: count))
  }

  /// Writes what a map begins with.
  public mutating func map(_ keyType: ThriftType, _ valueType: ThriftType, count: Int) {
    bytes.append(keyType.rawValue)
    bytes.append(valueType.rawValue)
    bytes.append(word32: UInt32(truncatingIfNeeded: count))
  }

  /// Writes true or false.
  public mutating func bool(_ value: Bool) {
    bytes.append(value ? 1 : 0)
  }

  /// Writes 8 bits.
  public mutating func byte(_ value: Int8) {
    bytes.append(UInt8(bitPattern: value))
  }

  /// Writes 16 bits.
  public mutating func i16(_ value: Int16) {
    bytes.append(word16: UInt16(bitPattern: value))
  }

  /// Writes 32 bits.
  public mutating func i32(_ value: Int32) {
    bytes.append(word32: UInt32(bitPattern: value))
  }

  /// Writes 64 bits.
  public mutating func i64(_ value: Int64) {
    bytes.append(word64: UInt64(bitPattern: value))
  }

  /// Writes a floating point number.
  public mutating func double(_ value: Double) {
    bytes.append(word64: value.bitPattern)
  }

  /// Writes text.
  public mutating func string(_ value: String) {
    bytes.append(word32: UInt32(truncatingIfNeeded: value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  /// Writes bytes.
  public mutating func binary(_ value: [UInt8]) {
    bytes.append(word32: UInt32(truncatingIfNeeded: value.count))
    bytes.append(contentsOf: value)
  }
}
