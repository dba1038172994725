extension ThriftReader {
  /// Reads a message.
  public mutating func message(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftMessage {
    let head = try messageHead(bytes)
    return ThriftMessage(head, try structure(bytes))
  }

  /// Reads a struct.
  public mutating func structure(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftStruct {
    try enter()
    var fields: [ThriftField] = []
    var id: Int16 = 0
    while let field = try field(after: id, bytes) {
      id = field.id
      fields.append(ThriftField(id, try value(field.type, bytes)))
    }
    leave()
    return ThriftStruct(fields)
  }

  /// Reads a value of a type that is known from what came before.
  public mutating func value(_ type: ThriftType, _ bytes: Span<UInt8>) throws(ThriftError) -> ThriftValue {
    switch type {
    case .bool: return .bool(try bool(bytes))
    case .byte: return .byte(try byte(bytes))
    case .i16: return .i16(try i16(bytes))
    case .i32: return .i32(try i32(bytes))
    case .i64: return .i64(try i64(bytes))
    case .double: return .double(try double(bytes))
    case .string:
      let range = try stringRange(bytes)
      return bytes.text(range).map { .string($0) } ?? .binary(bytes.array(range))
    case .structure: return .structure(try structure(bytes))
    case .map: return .map(try entries(bytes))
    case .set: return .set(try values(bytes))
    case .list: return .list(try values(bytes))
    }
  }

  private mutating func values(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftElements {
    try enter()
    let head = try elements(bytes)
    var values: [ThriftValue] = []
    values.reserveCapacity(head.count)
    for _ in 0..<head.count { values.append(try value(head.type, bytes)) }
    leave()
    return ThriftElements(of: head.type, values)
  }

  private mutating func entries(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftMap {
    try enter()
    let head = try map(bytes)
    var entries: [ThriftMap.Entry] = []
    entries.reserveCapacity(head.count)
    for _ in 0..<head.count {
      let key = try value(head.keyType, bytes)
      entries.append(ThriftMap.Entry(key, try value(head.valueType, bytes)))
    }
    leave()
    return ThriftMap(from: head.keyType, to: head.valueType, entries)
  }

  /// Passes a value without building it.
  public mutating func skip(_ type: ThriftType, _ bytes: Span<UInt8>) throws(ThriftError) {
    switch type {
    case .bool: _ = try bool(bytes)
    case .byte: _ = try byte(bytes)
    case .i16: _ = try i16(bytes)
    case .i32: _ = try i32(bytes)
    case .i64: _ = try i64(bytes)
    case .double: _ = try double(bytes)
    case .string: _ = try stringRange(bytes)
    case .structure: try skipFields(bytes)
    case .map: try skipEntries(bytes)
    case .set, .list: try skipElements(bytes)
    }
  }

  private mutating func skipFields(_ bytes: Span<UInt8>) throws(ThriftError) {
    try enter()
    var id: Int16 = 0
    while let field = try field(after: id, bytes) {
      id = field.id
      try skip(field.type, bytes)
    }
    leave()
  }

  private mutating func skipElements(_ bytes: Span<UInt8>) throws(ThriftError) {
    try enter()
    let head = try elements(bytes)
    for _ in 0..<head.count { try skip(head.type, bytes) }
    leave()
  }

  private mutating func skipEntries(_ bytes: Span<UInt8>) throws(ThriftError) {
    try enter()
    let head = try map(bytes)
    for _ in 0..<head.count {
      try skip(head.keyType, bytes)
      try skip(head.valueType, bytes)
    }
    leave()
  }
}
