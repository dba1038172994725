/// Reads the compact protocol.
public struct ThriftCompactReader: ThriftReader {
  private var cursor: ByteCursor
  private let limits: ThriftLimits
  private var depth = 0
  private var values = 0
  /// What the head of a Boolean field said, until the value is read.
  private var headBool: Bool?

  /// Creates a reader that begins at a byte, the first one by default.
  public init(at place: Int = 0, limits: ThriftLimits = ThriftLimits()) {
    cursor = ByteCursor(place)
    self.limits = limits
  }

  /// The number of the byte that is read next.
  public var place: Int { cursor.place }

  /// Reads what a message begins with.
  public mutating func messageHead(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftMessageHead {
    switch try CompactHead.find(in: bytes, at: place, limits: limits) {
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
    let first = try cursor.byte(bytes)
    let code = first & 0x0F
    guard code != 0 else { return nil }
    let type = try CompactType.type(code, at: place - 1)
    if type == .bool { headBool = code == CompactType.isTrue }
    try limits.add(1, to: &values, at: place)
    let delta = Int16(first >> 4)
    guard delta > 0 else { return ThriftFieldHead(id: try i16(bytes), type: type) }
    let (next, overflows) = id.addingReportingOverflow(delta)
    guard !overflows else {
      throw ThriftError(.malformed, "a field's number is \(id) + \(delta); at most \(Int16.max) is allowed", at: place)
    }
    return ThriftFieldHead(id: next, type: type)
  }

  /// Reads what a list or set begins with.
  public mutating func elements(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftElementsHead {
    let first = try cursor.byte(bytes)
    let short = Int(first >> 4)
    let count = try limits.count(short < 15 ? short : Int(try varint(32, bytes)), at: place)
    let type = try Self.type(first & 0x0F, of: count, at: place)
    try limits.check(count, ofBytes: CompactType.smallestSize(type), in: bytes.count - place, at: place)
    try limits.add(count, to: &values, at: place)
    return ThriftElementsHead(type: type, count: count)
  }

  /// Reads what a map begins with.
  public mutating func map(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftMapHead {
    let count = try limits.count(Int(try varint(32, bytes)), at: place)
    guard count > 0 else { return ThriftMapHead(keyType: .byte, valueType: .byte, count: 0) }
    let codes = try cursor.byte(bytes)
    let keyType = try CompactType.type(codes >> 4, at: place - 1)
    let valueType = try CompactType.type(codes & 0x0F, at: place - 1)
    let smallest = CompactType.smallestSize(keyType) + CompactType.smallestSize(valueType)
    try limits.check(count, ofBytes: smallest, in: bytes.count - place, at: place)
    try limits.add(count &* 2, to: &values, at: place)
    return ThriftMapHead(keyType: keyType, valueType: valueType, count: count)
  }

  /// Reads true or false.
  public mutating func bool(_ bytes: Span<UInt8>) throws(ThriftError) -> Bool {
    if let value = headBool.take() { return value }
    return try cursor.byte(bytes) == CompactType.isTrue
  }

  /// Reads 8 bits.
  public mutating func byte(_ bytes: Span<UInt8>) throws(ThriftError) -> Int8 {
    Int8(bitPattern: try cursor.byte(bytes))
  }

  /// Reads 16 bits.
  public mutating func i16(_ bytes: Span<UInt8>) throws(ThriftError) -> Int16 {
    Int16(truncatingIfNeeded: Varint.unfold(try varint(16, bytes)))
  }

  /// Reads 32 bits.
  public mutating func i32(_ bytes: Span<UInt8>) throws(ThriftError) -> Int32 {
    Int32(truncatingIfNeeded: Varint.unfold(try varint(32, bytes)))
  }

  /// Reads 64 bits.
  public mutating func i64(_ bytes: Span<UInt8>) throws(ThriftError) -> Int64 {
    Varint.unfold(try varint(64, bytes))
  }

  /// Reads a floating point number.
  public mutating func double(_ bytes: Span<UInt8>) throws(ThriftError) -> Double {
    Double(bitPattern: try cursor.word64(bytes).byteSwapped)
  }

  /// Reads where a string's bytes are, and passes them.
  public mutating func stringRange(_ bytes: Span<UInt8>) throws(ThriftError) -> Range<Int> {
    let size = try limits.size(Int(try varint(32, bytes)), at: place)
    let start = try cursor.take(size, bytes)
    return start..<place
  }

  @inline(__always)
  private mutating func varint(_ bits: Int, _ bytes: Span<UInt8>) throws(ThriftError) -> UInt64 {
    var at = place
    guard let number = try Varint.find(bytes, &at, bits: bits) else {
      throw .truncated(needs: bytes.count + 1, at: place)
    }
    cursor = ByteCursor(at)
    return number
  }

  /// The type of elements. Where there are none, some libraries write 0, so it does not matter.
  static func type(_ code: UInt8, of count: Int, at offset: Int) throws(ThriftError) -> ThriftType {
    guard code == 0, count == 0 else { return try CompactType.type(code, at: offset) }
    return .byte
  }
}
