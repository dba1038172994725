// What types of a definition write their containers with.
extension ThriftWriter {
  /// Writes a list.
  ///
  /// - Parameters:
  ///   - values: the elements.
  ///   - type: their type.
  ///   - element: writes one element.
  /// - Throws: a ``ThriftError`` if there are more than 32 bits can count, or what `element` throws.
  @inlinable
  public mutating func list<Element>(
    _ values: [Element], of type: ThriftType, _ element: (inout Self, Element) throws(ThriftError) -> Void
  ) throws(ThriftError) {
    elements(type, count: try written(values.count))
    for value in values { try element(&self, value) }
  }

  /// Writes a set, in no particular order.
  ///
  /// - Parameters:
  ///   - values: the elements.
  ///   - type: their type.
  ///   - element: writes one element.
  /// - Throws: a ``ThriftError`` if there are more than 32 bits can count, or what `element` throws.
  @inlinable
  public mutating func set<Element>(
    _ values: Set<Element>, of type: ThriftType, _ element: (inout Self, Element) throws(ThriftError) -> Void
  ) throws(ThriftError) {
    elements(type, count: try written(values.count))
    for value in values { try element(&self, value) }
  }

  /// Writes a map, in no particular order.
  ///
  /// - Parameters:
  ///   - values: keys and values.
  ///   - keyType: the type of the keys.
  ///   - valueType: the type of the values.
  ///   - key: writes one key.
  ///   - value: writes one value.
  /// - Throws: a ``ThriftError`` if there are more than 32 bits can count, or what `key` and `value` throw.
  @inlinable
  public mutating func dictionary<Key, Value>(
    _ values: [Key: Value], from keyType: ThriftType, to valueType: ThriftType,
    _ key: (inout Self, Key) throws(ThriftError) -> Void, _ value: (inout Self, Value) throws(ThriftError) -> Void
  ) throws(ThriftError) {
    map(keyType, valueType, count: try written(values.count))
    for entry in values {
      try key(&self, entry.key)
      try value(&self, entry.value)
    }
  }

  @usableFromInline
  func written(_ count: Int) throws(ThriftError) -> Int {
    try ThriftLimits.check(written: count)
    return count
  }
}
