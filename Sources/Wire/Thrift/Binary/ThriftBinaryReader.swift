/// Reads the binary protocol, with strict heads and old ones.
public struct ThriftBinaryReader: ThriftReader {
  private var cursor: ByteCursor
  private let limits: ThriftLimits
  private var depth = 0
  private var values = 0

  /// Creates a reader that begins at a byte, the first one by default.
  public init(at place: Int = 0, limits: ThriftLimits = ThriftLimits()) {
    cursor = ByteCursor(place)
    self.limits = limits
  }

  /// The number of the byte that is read next.
  public var place: Int { cursor.place }

  /// Reads what a message begins with.
  public mutating func messageHead(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftMessageHead {
    switch try BinaryHead.find(in: bytes, at: place, limits: limits) {
    case .found(let found):
      _ = try cursor.take(found.extent.count, bytes)
      return found.head
    case .needMore(let count): throw ThriftError.truncated(needs: count, at: place)
    }
  }

  /// Begins a struct or container.
  public mutating func enter() throws(ThriftError) {
    guard depth < limits.depth else { throw .tooDeep(limits, at: place) }
    depth &+= 1
  }

  /// Ends a struct or container.
  public mutating func leave() {
    depth = max(depth &- 1, 0)
  }

  /// Reads what a field begins with.
  public mutating func field(after id: Int16, _ bytes: Span<UInt8>) throws(ThriftError) -> ThriftFieldHead? {
    let code = try cursor.byte(bytes)
    guard code != 0 else { return nil }
    guard let type = ThriftType(rawValue: code) else { throw .type(code, at: place - 1) }
    try limits.add(1, to: &values, at: place)
    return ThriftFieldHead(id: Int16(bitPattern: try cursor.word16(bytes)), type: type)
  }

  /// Reads what a list or set begins with.
  public mutating func elements(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftElementsHead {
    let code = try cursor.byte(bytes)
    let count = try limits.count(Int(try i32(bytes)), at: place - 4)
    let type = try Self.type(code, of: count, at: place - 5)
    try limits.check(count, ofBytes: type.smallestSize, in: bytes.count - place, at: place)
    try limits.add(count, to: &values, at: place)
    return ThriftElementsHead(type: type, count: count)
  }

  /// Reads what a map begins with.
  public mutating func map(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftMapHead {
    let (keyCode, valueCode) = (try cursor.byte(bytes), try cursor.byte(bytes))
    let count = try limits.count(Int(try i32(bytes)), at: place - 4)
    let keyType = try Self.type(keyCode, of: count, at: place - 6)
    let valueType = try Self.type(valueCode, of: count, at: place - 5)
    try limits.check(count, ofBytes: keyType.smallestSize + valueType.smallestSize, in: bytes.count - place, at: place)
    try limits.add(count &* 2, to: &values, at: place)
    return ThriftMapHead(keyType: keyType, valueType: valueType, count: count)
  }

  /// Reads true or false.
  public mutating func bool(_ bytes: Span<UInt8>) throws(ThriftError) -> Bool {
    try cursor.byte(bytes) != 0
  }

  /// Reads 8 bits.
  public mutating func byte(_ bytes: Span<UInt8>) throws(ThriftError) -> Int8 {
    Int8(bitPattern: try cursor.byte(bytes))
  }

  /// Reads 16 bits.
  public mutating func i16(_ bytes: Span<UInt8>) throws(ThriftError) -> Int16 {
    Int16(bitPattern: try cursor.word16(bytes))
  }

  /// Reads 32 bits.
  public mutating func i32(_ bytes: Span<UInt8>) throws(ThriftError) -> Int32 {
    Int32(bitPattern: try cursor.word32(bytes))
  }

  /// Reads 64 bits.
  public mutating func i64(_ bytes: Span<UInt8>) throws(ThriftError) -> Int64 {
    Int64(bitPattern: try cursor.word64(bytes))
  }

  /// Reads a floating point number.
  public mutating func double(_ bytes: Span<UInt8>) throws(ThriftError) -> Double {
    Double(bitPattern: try cursor.word64(bytes))
  }

  /// Reads where a string's bytes are, and passes them.
  public mutating func stringRange(_ bytes: Span<UInt8>) throws(ThriftError) -> Range<Int> {
    let size = try limits.size(Int(try i32(bytes)), at: place - 4)
    let start = try cursor.take(size, bytes)
    return start..<place
  }

  /// The type of elements. Where there are none, some libraries write 0, so it does not matter.
  static func type(_ code: UInt8, of count: Int, at offset: Int) throws(ThriftError) -> ThriftType {
    if let type = ThriftType(rawValue: code) { return type }
    guard count == 0 else { throw .type(code, at: offset) }
    return .byte
  }
}
