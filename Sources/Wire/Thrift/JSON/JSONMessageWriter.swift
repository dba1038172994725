/// Writes values in Apache's JSON protocol.
struct JSONMessageWriter {
  var bytes: [UInt8]
  let shapes: ThriftShapes?

  mutating func message(_ message: ThriftMessage) throws(ThriftError) {
    JSONHead.append(message.head, to: &bytes)
    try structure(message.body, shapes?.root, depth: 1)
    bytes.append(0x5D)
  }

  private mutating func structure(
    _ structure: ThriftStruct, _ name: String?, depth: Int
  ) throws(ThriftError) {
    try ThriftLimits.check(depth: depth)
    bytes.append(0x7B)
    for (index, field) in structure.fields.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      JSONText.append(String(field.id), to: &bytes)
      bytes += [0x3A, 0x7B]
      JSONText.append(field.value.type.jsonName, to: &bytes)
      bytes.append(0x3A)
      try value(field.value, name.flatMap { shapes?.field(field.id, of: $0)?.shape }, depth: depth)
      bytes.append(0x7D)
    }
    bytes.append(0x7D)
  }

  private mutating func value(
    _ value: ThriftValue, _ shape: ThriftShape?, depth: Int
  ) throws(ThriftError) {
    switch value {
    case .structure(let value): try structure(value, shape?.structure, depth: depth + 1)
    case .list(let value), .set(let value): try elements(value, shape?.element, depth: depth + 1)
    case .map(let value): try map(value, shape?.entry, depth: depth + 1)
    // Booleans are numbers here.
    case .bool(let value): bytes.append(value ? 0x31 : 0x30)
    case .double(let value): JSONText.append(value, quotingWords: true, to: &bytes)
    default: try JSONText.append(scalar: value, shape, to: &bytes)
    }
  }

  private mutating func elements(
    _ elements: ThriftElements, _ shape: ThriftShape?, depth: Int
  ) throws(ThriftError) {
    try ThriftLimits.check(depth: depth)
    bytes.append(0x5B)
    JSONText.append(elements.type.jsonName, to: &bytes)
    bytes.append(0x2C)
    JSONText.append(elements.values.count, to: &bytes)
    for element in elements.values {
      try element.check(is: elements.type)
      bytes.append(0x2C)
      try value(element, shape, depth: depth)
    }
    bytes.append(0x5D)
  }

  private mutating func map(
    _ map: ThriftMap, _ shape: (key: ThriftShape, value: ThriftShape)?, depth: Int
  ) throws(ThriftError) {
    try ThriftLimits.check(depth: depth)
    bytes.append(0x5B)
    JSONText.append(map.keyType.jsonName, to: &bytes)
    bytes.append(0x2C)
    JSONText.append(map.valueType.jsonName, to: &bytes)
    bytes.append(0x2C)
    JSONText.append(map.entries.count, to: &bytes)
    bytes += [0x2C, 0x7B]
    for (index, entry) in map.entries.enumerated() {
      try entry.key.check(is: map.keyType)
      try entry.value.check(is: map.valueType)
      if index > 0 { bytes.append(0x2C) }
      try key(entry.key, shape?.key)
      bytes.append(0x3A)
      try value(entry.value, shape?.value, depth: depth)
    }
    bytes += [0x7D, 0x5D]
  }

  /// A key is text whatever its type.
  private mutating func key(_ key: ThriftValue, _ shape: ThriftShape?) throws(ThriftError) {
    switch key.type {
    case .string: try JSONText.append(scalar: key, shape, to: &bytes)
    case .structure, .map, .set, .list: throw JSONScalar.unsupportedKey(key.type)
    default:
      bytes.append(0x22)
      if case .double(let number) = key {
        JSONText.append(number, quotingWords: false, to: &bytes)
      } else {
        try value(key, shape, depth: 0)
      }
      bytes.append(0x22)
    }
  }
}
