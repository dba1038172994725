public import MusterThrift

/// A type whose names have been looked up; other names for a type are gone.
public indirect enum ThriftFieldType: Hashable, Sendable {
  /// A type of the language.
  case base(ThriftBaseType)
  /// An enum by its full name, such as `shared.Color`.
  case enumeration(String)
  /// A struct, union or exception by its full name.
  case structure(String)
  /// A list of elements.
  case list(ThriftFieldType)
  /// A set of elements.
  case set(ThriftFieldType)
  /// A map of keys and values.
  case map(ThriftFieldType, ThriftFieldType)

  /// What protocols need to know of values of this type.
  public var shape: ThriftShape {
    switch self {
    case .base(let base): base.shape
    case .enumeration: .i32
    case .structure(let name): .structure(name)
    case .list(let element): .list(element.shape)
    case .set(let element): .set(element.shape)
    case .map(let key, let value): .map(key.shape, value.shape)
    }
  }

  /// The type of values in messages.
  public var type: ThriftType { shape.type }

  /// The structs that values of this type may hold.
  var structures: [String] {
    switch self {
    case .base, .enumeration: []
    case .structure(let name): [name]
    case .list(let element), .set(let element): element.structures
    case .map(let key, let value): key.structures + value.structures
    }
  }
}

extension ThriftFieldType: CustomStringConvertible {
  /// The type as it is written in definitions.
  public var description: String {
    switch self {
    case .base(let base): base.rawValue
    case .enumeration(let name), .structure(let name): name
    case .list(let element): "list<\(element)>"
    case .set(let element): "set<\(element)>"
    case .map(let key, let value): "map<\(key), \(value)>"
    }
  }
}

extension ThriftBaseType {
  var shape: ThriftShape {
    switch self {
    case .bool: .bool
    case .i8: .byte
    case .i16: .i16
    case .i32: .i32
    case .i64: .i64
    case .double: .double
    case .string: .string
    case .binary: .binary
    }
  }
}
