/// The elements of a list or set.
///
/// Every element has to be of the type named; a writer refuses others. Without elements, the type does not matter for
/// equality.
public struct ThriftElements: Hashable, Sendable {
  /// The type of every element.
  public var type: ThriftType
  /// The elements.
  public var values: [ThriftValue]

  /// Creates elements.
  public init(of type: ThriftType, _ values: [ThriftValue] = []) {
    self.type = type
    self.values = values
  }

  /// Whether type and elements are the same.
  public static func == (one: ThriftElements, other: ThriftElements) -> Bool {
    one.values == other.values && (one.values.isEmpty || one.type == other.type)
  }

  /// Hashes the elements.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(values)
  }
}

/// A map: keys and values in the order in which they are written. Without entries, the types do not matter for
/// equality; the compact protocol leaves them out, and they are read as `.byte`.
public struct ThriftMap: Hashable, Sendable {
  /// A key and its value.
  public struct Entry: Hashable, Sendable {
    /// The key.
    public var key: ThriftValue
    /// The value.
    public var value: ThriftValue

    /// Creates an entry.
    public init(_ key: ThriftValue, _ value: ThriftValue) {
      self.key = key
      self.value = value
    }
  }

  /// The type of every key.
  public var keyType: ThriftType
  /// The type of every value.
  public var valueType: ThriftType
  /// The entries.
  public var entries: [Entry]

  /// Creates a map.
  public init(from keyType: ThriftType, to valueType: ThriftType, _ entries: [Entry] = []) {
    self.keyType = keyType
    self.valueType = valueType
    self.entries = entries
  }

  /// Whether types and entries are the same, in the same order.
  public static func == (one: ThriftMap, other: ThriftMap) -> Bool {
    one.entries == other.entries
      && (one.entries.isEmpty || one.keyType == other.keyType && one.valueType == other.valueType)
  }

  /// Hashes the entries.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(entries)
  }
}
