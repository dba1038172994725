// What types of a definition read their containers with. A reader has checked the count before anything is made room for.
extension ThriftReader {
  /// Reads a list.
  ///
  /// - Parameters:
  ///   - type: the type of the elements.
  ///   - bytes: what is read from.
  ///   - element: reads one element.
  /// - Returns: the elements.
  /// - Throws: a ``ThriftError`` if the elements are of another type, or what `element` throws.
  @inlinable
  public mutating func list<Element>(
    of type: ThriftType, _ bytes: Span<UInt8>,
    _ element: (inout Self, Span<UInt8>) throws(ThriftError) -> Element
  ) throws(ThriftError) -> [Element] {
    try enter()
    let head = try elements(bytes)
    try check(head.type, is: type, count: head.count)
    var values: [Element] = []
    values.reserveCapacity(head.count)
    for _ in 0..<head.count { values.append(try element(&self, bytes)) }
    leave()
    return values
  }

  /// Reads a set; an element that is there twice counts once.
  ///
  /// - Parameters:
  ///   - type: the type of the elements.
  ///   - bytes: what is read from.
  ///   - element: reads one element.
  /// - Returns: the elements.
  /// - Throws: a ``ThriftError`` if the elements are of another type, or what `element` throws.
  @inlinable
  public mutating func set<Element: Hashable>(
    of type: ThriftType, _ bytes: Span<UInt8>,
    _ element: (inout Self, Span<UInt8>) throws(ThriftError) -> Element
  ) throws(ThriftError) -> Set<Element> {
    try enter()
    let head = try elements(bytes)
    try check(head.type, is: type, count: head.count)
    var values = Set<Element>(minimumCapacity: head.count)
    for _ in 0..<head.count { values.insert(try element(&self, bytes)) }
    leave()
    return values
  }

  /// Reads a map; of a key that is there twice, the last value counts.
  ///
  /// - Parameters:
  ///   - keyType: the type of the keys.
  ///   - valueType: the type of the values.
  ///   - bytes: what is read from.
  ///   - key: reads one key.
  ///   - value: reads one value.
  /// - Returns: the entries.
  /// - Throws: a ``ThriftError`` if keys or values are of another type, or what `key` and `value` throw.
  @inlinable
  public mutating func dictionary<Key: Hashable, Value>(
    from keyType: ThriftType, to valueType: ThriftType, _ bytes: Span<UInt8>,
    _ key: (inout Self, Span<UInt8>) throws(ThriftError) -> Key,
    _ value: (inout Self, Span<UInt8>) throws(ThriftError) -> Value
  ) throws(ThriftError) -> [Key: Value] {
    try enter()
    let head = try map(bytes)
    try check(head.keyType, is: keyType, count: head.count)
    try check(head.valueType, is: valueType, count: head.count)
    var values = [Key: Value](minimumCapacity: head.count)
    for _ in 0..<head.count {
      let key = try key(&self, bytes)
      values[key] = try value(&self, bytes)
    }
    leave()
    return values
  }

  /// Where there are no elements, some libraries write any type.
  @inlinable
  func check(_ type: ThriftType, is expected: ThriftType, count: Int) throws(ThriftError) {
    guard type != expected, count > 0 else { return }
    throw ThriftError(.malformed, "elements of type \(type) were found where \(expected) was expected", at: place)
  }
}
