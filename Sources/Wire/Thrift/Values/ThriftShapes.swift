/// What a definition says of a value, as far as JSON protocols need it: which strings are bytes, and fields' names.
public indirect enum ThriftShape: Hashable, Sendable {
  /// A value of the type of this name.
  case bool, byte, i16, i32, i64, double
  /// Text.
  case string
  /// Bytes, which JSON holds as Base64.
  case binary
  /// A struct, union or exception by its name among the ``ThriftShapes``.
  case structure(String)
  /// A list of elements.
  case list(ThriftShape)
  /// A set of elements.
  case set(ThriftShape)
  /// A map of keys and values.
  case map(ThriftShape, ThriftShape)

  /// The type of values of this shape.
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
    case .list: .list
    case .set: .set
    case .map: .map
    }
  }
}

/// The structs of a definition and the one that a message's body is.
public struct ThriftShapes: Hashable, Sendable {
  /// A field of a struct.
  public struct Field: Hashable, Sendable {
    /// Its number.
    public var id: Int16
    /// Its name.
    public var name: String
    /// What its value is.
    public var shape: ThriftShape

    /// Creates a field.
    public init(_ id: Int16, _ name: String, _ shape: ThriftShape) {
      self.id = id
      self.name = name
      self.shape = shape
    }
  }

  /// The name of the struct that is meant.
  public var root: String
  /// The fields of every struct by its name.
  public var structures: [String: [Field]]

  /// Creates shapes.
  ///
  /// - Parameters:
  ///   - root: the name of the struct that a message's body is, such as a method's arguments.
  ///   - structures: the fields of this and every other struct that it leads to.
  public init(root: String, _ structures: [String: [Field]]) {
    self.root = root
    self.structures = structures
  }

  /// A field of a struct by its number.
  func field(_ id: Int16, of structure: String) -> Field? {
    structures[structure]?.first { $0.id == id }
  }
}

extension ThriftShape {
  /// The shape of elements, if this is a list or set.
  var element: ThriftShape? {
    switch self {
    case .list(let element), .set(let element): element
    default: nil
    }
  }

  /// The shapes of keys and values, if this is a map.
  var entry: (key: ThriftShape, value: ThriftShape)? {
    if case .map(let key, let value) = self { (key, value) } else { nil }
  }

  /// The struct's name, if this is one.
  var structure: String? {
    if case .structure(let name) = self { name } else { nil }
  }
}
