/// Writes values in ThriftPy's own JSON protocol, which names fields as the shapes do.
struct ThriftPyJSONWriter {
  var bytes: [UInt8]
  let shapes: ThriftShapes

  mutating func message(_ message: ThriftMessage) throws(ThriftError) {
    let start = bytes.count
    bytes.append(word32: 0)
    bytes.append(contentsOf: "{\"metadata\": ".utf8)
    ThriftPyJSONHead.append(message.head, to: &bytes)
    bytes.append(contentsOf: ", \"payload\": ".utf8)
    try structure(message.body, shapes.root, depth: 1)
    bytes.append(0x7D)
    try ThriftFraming.framed.endFrame(at: start, in: &bytes)
  }

  private mutating func structure(
    _ structure: ThriftStruct, _ name: String, depth: Int
  ) throws(ThriftError) {
    try ThriftLimits.check(depth: depth)
    guard let shape = shapes.structures[name] else { throw ThriftPyJSONReader.unknown(name) }
    bytes.append(0x7B)
    for (index, field) in structure.fields.enumerated() {
      guard let known = shape.first(where: { $0.id == field.id }) else {
        throw ThriftError(.unsupported, "the struct \"\(name)\" has no field \(field.id), so it has no name")
      }
      if index > 0 { bytes += [0x2C, 0x20] }
      JSONText.append(known.name, to: &bytes)
      bytes += [0x3A, 0x20]
      try value(field.value, known.shape, depth: depth)
    }
    bytes.append(0x7D)
  }

  private mutating func value(_ value: ThriftValue, _ shape: ThriftShape, depth: Int) throws(ThriftError) {
    try value.check(is: shape.type)
    switch (value, shape) {
    case (.structure(let value), .structure(let name)): try structure(value, name, depth: depth + 1)
    case (.list(let value), .list(let shape)), (.set(let value), .set(let shape)):
      try elements(value, shape, depth: depth + 1)
    case (.map(let value), .map(let key, let shape)): try map(value, key, shape, depth: depth + 1)
    case (.bool(let value), _): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case (.double(let value), _): JSONText.append(value, quotingWords: false, to: &bytes)
    default: try JSONText.append(scalar: value, shape, to: &bytes)
    }
  }

  private mutating func elements(
    _ elements: ThriftElements, _ shape: ThriftShape, depth: Int
  ) throws(ThriftError) {
    try ThriftLimits.check(depth: depth)
    bytes.append(0x5B)
    for (index, element) in elements.values.enumerated() {
      if index > 0 { bytes += [0x2C, 0x20] }
      try value(element, shape, depth: depth)
    }
    bytes.append(0x5D)
  }

  private mutating func map(
    _ map: ThriftMap, _ key: ThriftShape, _ shape: ThriftShape, depth: Int
  ) throws(ThriftError) {
    try ThriftLimits.check(depth: depth)
    bytes.append(0x5B)
    for (index, entry) in map.entries.enumerated() {
      if index > 0 { bytes += [0x2C, 0x20] }
      bytes.append(contentsOf: "{\"key\": ".utf8)
      try value(entry.key, key, depth: depth)
      bytes.append(contentsOf: ", \"value\": ".utf8)
      try value(entry.value, shape, depth: depth)
      bytes.append(0x7D)
    }
    bytes.append(0x5D)
  }
}
