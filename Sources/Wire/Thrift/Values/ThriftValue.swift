/// A value of any type.
///
/// Binary and compact bytes do not say whether a string is text: what is read from them is `.string` where it is valid
/// UTF-8 and `.binary` otherwise. The two are equal if their bytes are.
public enum ThriftValue: Sendable {
  /// True or false.
  case bool(Bool)
  /// 8 bits.
  case byte(Int8)
  /// 16 bits.
  case i16(Int16)
  /// 32 bits, or an enum's number.
  case i32(Int32)
  /// 64 bits.
  case i64(Int64)
  /// A floating point number.
  case double(Double)
  /// Text.
  case string(String)
  /// Bytes.
  case binary([UInt8])
  /// A struct, union or exception.
  case structure(ThriftStruct)
  /// Keys and their values.
  case map(ThriftMap)
  /// A set's elements.
  case set(ThriftElements)
  /// A list's elements.
  case list(ThriftElements)

  /// The value's type.
  public var type: ThriftType {
    switch self {
    case .bool: .bool
    case .byte: .byte
    case .i16: .i16
    case .i32: .i32
    case .i64: .i64
    case .double: .double
    case .string, .binary: .string
    case .structure: .structure
    case .map: .map
    case .set: .set
    case .list: .list
    }
  }
}

/// A field of a struct.
public struct ThriftField: Hashable, Sendable {
  /// The number that the struct's definition gives it.
  public var id: Int16
  /// Its value.
  public var value: ThriftValue

  /// Creates a field.
  public init(_ id: Int16, _ value: ThriftValue) {
    self.id = id
    self.value = value
  }
}

/// A struct: fields by number, in the order in which they are written.
public struct ThriftStruct: Hashable, Sendable {
  /// The fields.
  public var fields: [ThriftField]

  /// Creates a struct.
  public init(_ fields: [ThriftField] = []) {
    self.fields = fields
  }

  /// The value of the field with this number; where bytes hold several, the last counts.
  public subscript(id: Int16) -> ThriftValue? {
    fields.last { $0.id == id }?.value
  }
}
