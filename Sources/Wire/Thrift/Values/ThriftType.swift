/// The type of a value; the number is the one of the binary protocol.
public enum ThriftType: UInt8, Hashable, Sendable, CaseIterable {
  /// True or false.
  case bool = 2
  /// 8 bits with a sign.
  case byte = 3
  /// A floating point number of 64 bits.
  case double = 4
  /// 16 bits with a sign.
  case i16 = 6
  /// 32 bits with a sign; enums too.
  case i32 = 8
  /// 64 bits with a sign.
  case i64 = 10
  /// Text or bytes, which most protocols do not tell apart.
  case string = 11
  /// Fields by number: a struct, union or exception.
  case structure = 12
  /// Keys and their values.
  case map = 13
  /// Elements of one type, each once.
  case set = 14
  /// Elements of one type in their order.
  case list = 15

  /// The bytes that any value of this type has in the binary protocol; nil if that depends on the value.
  @inline(__always)
  var fixedSize: Int? {
    switch self {
    case .bool, .byte: 1
    case .i16: 2
    case .i32: 4
    case .double, .i64: 8
    case .string, .structure, .map, .set, .list: nil
    }
  }

  /// The fewest bytes that a value of this type has in the binary protocol.
  @inline(__always)
  var smallestSize: Int {
    switch self {
    case .bool, .byte, .structure: 1
    case .i16: 2
    case .i32, .string: 4
    case .double, .i64: 8
    case .set, .list: 5
    case .map: 6
    }
  }
}
