/// Holds a value outside of the struct that it is a field of, so that a struct can have a field of its own type.
@propertyWrapper
public struct ThriftIndirect<Value> {
  indirect enum Storage {
    case value(Value)
  }

  var storage: Storage

  /// Holds a value.
  public init(wrappedValue: Value) {
    storage = .value(wrappedValue)
  }

  /// The value.
  public var wrappedValue: Value {
    get {
      switch storage {
      case .value(let value): value
      }
    }
    set { storage = .value(newValue) }
  }
}

extension ThriftIndirect.Storage: Sendable where Value: Sendable {}
extension ThriftIndirect: Sendable where Value: Sendable {}

extension ThriftIndirect: Equatable where Value: Equatable {
  /// Whether the values are the same.
  public static func == (one: ThriftIndirect, other: ThriftIndirect) -> Bool {
    one.wrappedValue == other.wrappedValue
  }
}

extension ThriftIndirect: Hashable where Value: Hashable {
  /// Hashes the value.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(wrappedValue)
  }
}
