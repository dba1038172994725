extension ThriftValue: Hashable {
  /// Whether type and value are the same; strings compare byte by byte.
  public static func == (one: ThriftValue, other: ThriftValue) -> Bool {
    switch (one, other) {
    case (.bool(let one), .bool(let other)): one == other
    case (.byte(let one), .byte(let other)): one == other
    case (.i16(let one), .i16(let other)): one == other
    case (.i32(let one), .i32(let other)): one == other
    case (.i64(let one), .i64(let other)): one == other
    case (.double(let one), .double(let other)): one == other
    case (.structure(let one), .structure(let other)): one == other
    case (.map(let one), .map(let other)): one == other
    case (.set(let one), .set(let other)): one == other
    case (.list(let one), .list(let other)): one == other
    // Text that only looks the same, such as an accent in one letter or two, is not the same key.
    case (.string(let one), .string(let other)): one.utf8.elementsEqual(other.utf8)
    case (.string(let one), .binary(let other)): one.utf8.elementsEqual(other)
    case (.binary(let one), .string(let other)): one.elementsEqual(other.utf8)
    case (.binary(let one), .binary(let other)): one == other
    default: false
    }
  }

  /// Hashes the type and the value.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(type)
    switch self {
    case .bool(let value): hasher.combine(value)
    case .byte(let value): hasher.combine(value)
    case .i16(let value): hasher.combine(value)
    case .i32(let value): hasher.combine(value)
    case .i64(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value)
    case .string(let text): for byte in text.utf8 { hasher.combine(byte) }
    case .binary(let bytes): for byte in bytes { hasher.combine(byte) }
    case .structure(let value): hasher.combine(value)
    case .map(let value): hasher.combine(value)
    case .set(let value), .list(let value): hasher.combine(value)
    }
  }
}
