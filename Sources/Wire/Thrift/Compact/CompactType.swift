/// The numbers that the compact protocol has for types.
enum CompactType {
  static let isTrue: UInt8 = 1
  static let isFalse: UInt8 = 2

  /// The type with a number; both Boolean values are one.
  @inline(__always)
  static func type(_ code: UInt8, at offset: Int) throws(ThriftError) -> ThriftType {
    switch code {
    case isTrue, isFalse: return .bool
    case 3: return .byte
    case 4: return .i16
    case 5: return .i32
    case 6: return .i64
    case 7: return .double
    case 8: return .string
    case 9: return .list
    case 10: return .set
    case 11: return .map
    case 12: return .structure
    default: throw .type(code, at: offset)
    }
  }

  /// A type's number.
  @inline(__always)
  static func code(_ type: ThriftType) -> UInt8 {
    switch type {
    case .bool: isTrue
    case .byte: 3
    case .i16: 4
    case .i32: 5
    case .i64: 6
    case .double: 7
    case .string: 8
    case .list: 9
    case .set: 10
    case .map: 11
    case .structure: 12
    }
  }

  /// The fewest bytes that an element of a type has.
  @inline(__always)
  static func smallestSize(_ type: ThriftType) -> Int {
    type == .double ? 8 : 1
  }
}
