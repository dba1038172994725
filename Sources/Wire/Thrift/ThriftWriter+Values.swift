extension ThriftWriter {
  /// Writes a message.
  ///
  /// - Throws: a ``ThriftError`` if an element, key or value is not of its container's type, the nesting is too deep, or
  ///   a size is beyond 32 bits.
  public mutating func message(_ message: ThriftMessage) throws(ThriftError) {
    messageHead(message.head)
    try structure(message.body)
  }

  /// Writes a struct.
  ///
  /// - Throws: as for a message.
  public mutating func structure(_ structure: ThriftStruct) throws(ThriftError) {
    try self.structure(structure, depth: 1)
  }

  private mutating func structure(_ structure: ThriftStruct, depth: Int) throws(ThriftError) {
    try ThriftLimits.check(depth: depth)
    var previous: Int16 = 0
    for field in structure.fields {
      if case .bool(let value) = field.value {
        boolField(field.id, after: previous, value)
      } else {
        self.field(field.id, after: previous, field.value.type)
        try value(field.value, depth: depth)
      }
      previous = field.id
    }
    stop()
  }

  /// Writes a value as it is within a container.
  ///
  /// - Throws: as for a message.
  public mutating func value(_ value: ThriftValue) throws(ThriftError) {
    try self.value(value, depth: 0)
  }

  private mutating func value(_ value: ThriftValue, depth: Int) throws(ThriftError) {
    switch value {
    case .bool(let value): bool(value)
    case .byte(let value): byte(value)
    case .i16(let value): i16(value)
    case .i32(let value): i32(value)
    case .i64(let value): i64(value)
    case .double(let value): double(value)
    case .string(let value):
      try ThriftLimits.check(written: value.utf8.count)
      string(value)
    case .binary(let value):
      try ThriftLimits.check(written: value.count)
      binary(value)
    case .structure(let value): try structure(value, depth: depth + 1)
    case .map(let map): try entries(map, depth: depth + 1)
    case .set(let value), .list(let value): try elements(value, depth: depth + 1)
    }
  }

  private mutating func elements(_ elements: ThriftElements, depth: Int) throws(ThriftError) {
    try ThriftLimits.check(depth: depth)
    try ThriftLimits.check(written: elements.values.count)
    self.elements(elements.type, count: elements.values.count)
    for element in elements.values {
      try element.check(is: elements.type)
      try value(element, depth: depth)
    }
  }

  private mutating func entries(_ map: ThriftMap, depth: Int) throws(ThriftError) {
    try ThriftLimits.check(depth: depth)
    try ThriftLimits.check(written: map.entries.count)
    self.map(map.keyType, map.valueType, count: map.entries.count)
    for entry in map.entries {
      try entry.key.check(is: map.keyType)
      try entry.value.check(is: map.valueType)
      try value(entry.key, depth: depth)
      try value(entry.value, depth: depth)
    }
  }
}
