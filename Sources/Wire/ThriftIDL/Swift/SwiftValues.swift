internal import MusterThrift

extension ThriftSchema {
  /// A value as an expression, where its type is expected.
  func swift(_ value: ThriftValue, _ type: ThriftFieldType) -> String {
    switch (value, type) {
    case (.i32(let number), .enumeration(let name)):
      enumerations[name]?.name(of: number).map { ".\(SwiftNames.choice($0))" } ?? ".init(rawValue: \(number))"
    case (.bool(let value), _): "\(value)"
    case (.byte(let number), _): "\(number)"
    case (.i16(let number), _): "\(number)"
    case (.i32(let number), _): "\(number)"
    case (.i64(let number), _): "\(number)"
    case (.double(let number), _): "\(number)"
    case (.string(let text), _): SwiftNames.literal(text)
    case (.binary(let bytes), _): "Array(\(SwiftNames.literal(String(decoding: bytes, as: UTF8.self))).utf8)"
    case (.list(let elements), .list(let element)), (.set(let elements), .set(let element)):
      "[\(elements.values.map { swift($0, element) }.joined(separator: ", "))]"
    case (.map(let map), .map(let key, let value)): swift(map, key, value)
    case (.structure(let structure), .structure(let name)): swift(structure, name)
    default: "[]"
    }
  }

  private func swift(_ map: ThriftMap, _ key: ThriftFieldType, _ value: ThriftFieldType) -> String {
    let entries = map.entries.map { "\(swift($0.key, key)): \(swift($0.value, value))" }
    return entries.isEmpty ? "[:]" : "[\(entries.joined(separator: ", "))]"
  }

  private func swift(_ structure: ThriftStruct, _ name: String) -> String {
    guard let definition = structures[name] else { return "[]" }
    let arguments = definition.fields.compactMap { field in
      structure[field.id].map { (field.name, swift($0, field.type)) }
    }
    if definition.kind == .union {
      return arguments.first.map { ".\(SwiftNames.choice($0.0))(\($0.1))" } ?? "[]"
    }
    let list = arguments.map { "\(SwiftNames.label($0.0)): \($0.1)" }.joined(separator: ", ")
    // A field of the same name would hide the type.
    return ".init(\(list))"
  }
}
