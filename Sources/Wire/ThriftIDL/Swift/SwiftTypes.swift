internal import MusterThrift

extension ThriftFieldType {
  /// The type in Swift.
  var swift: String {
    switch self {
    case .base(let base): base.swift
    case .enumeration(let name), .structure(let name): SwiftNames.type(ThriftSchema.shortName(name))
    case .list(let element): "[\(element.swift)]"
    case .set(let element): "Set<\(element.swift)>"
    case .map(let key, let value): "[\(key.swift): \(value.swift)]"
    }
  }

  /// The type where one is made. A field or case of the same name would hide it, and then what is expected there has to
  /// say which it is.
  private func made(_ hidden: Set<String>) -> String { hidden.contains(swift) ? ".init" : swift }

  /// What stands for a field that is not there; nil if nothing does. Names of fields may hide types.
  func zero(_ hidden: Set<String> = []) -> String? {
    switch self {
    case .base(.bool): "false"
    case .base(.double): "0.0"
    case .base(.string): "\"\""
    case .base(.binary), .list, .set: "[]"
    case .base: "0"
    case .enumeration: "\(made(hidden))(rawValue: 0)"
    case .map: "[:]"
    case .structure: nil
    }
  }

  /// An expression that reads a value.
  func reading(_ hidden: Set<String>) -> String {
    switch self {
    case .base(let base): "try reader.\(base.step)(bytes)"
    case .enumeration: "\(made(hidden))(rawValue: try reader.i32(bytes))"
    case .structure: "try \(made(hidden))(reading: bytes, with: &reader)"
    case .list(let element): "try reader.list(of: .\(element.type), bytes) \(element.readingClosure(hidden))"
    case .set(let element): "try reader.set(of: .\(element.type), bytes) \(element.readingClosure(hidden))"
    case .map(let key, let value):
      "try reader.dictionary(from: .\(key.type), to: .\(value.type), bytes, \(key.readingClosure(hidden)), "
        + "\(value.readingClosure(hidden)))"
    }
  }

  private func readingClosure(_ hidden: Set<String>) -> String {
    "{ reader, bytes throws(ThriftError) in \(reading(hidden)) }"
  }

  /// A statement that writes a value.
  func writing(_ value: String) -> String {
    switch self {
    case .base(let base): "writer.\(base.step)(\(value))"
    case .enumeration: "writer.i32(\(value).rawValue)"
    case .structure: "try \(value).write(to: &writer)"
    case .list(let element): "try writer.list(\(value), of: .\(element.type)) \(element.writingClosure)"
    case .set(let element): "try writer.set(\(value), of: .\(element.type)) \(element.writingClosure)"
    case .map(let key, let element):
      "try writer.dictionary(\(value), from: .\(key.type), to: .\(element.type), \(key.writingClosure), "
        + "\(element.writingClosure))"
    }
  }

  private var writingClosure: String { "{ writer, value throws(ThriftError) in \(writing("value")) }" }
}

extension ThriftBaseType {
  /// The type in Swift.
  var swift: String {
    switch self {
    case .bool: "Bool"
    case .i8: "Int8"
    case .i16: "Int16"
    case .i32: "Int32"
    case .i64: "Int64"
    case .double: "Double"
    case .string: "String"
    case .binary: "[UInt8]"
    }
  }

  /// How a reader's and a writer's step is called.
  fileprivate var step: String { self == .i8 ? "byte" : rawValue }
}

extension ThriftShape {
  /// The shape as an expression.
  var swift: String {
    switch self {
    case .bool, .byte, .i16, .i32, .i64, .double, .string, .binary: ".\(self)"
    case .structure(let name): ".structure(\(SwiftNames.literal(name)))"
    case .list(let element): ".list(\(element.swift))"
    case .set(let element): ".set(\(element.swift))"
    case .map(let key, let value): ".map(\(key.swift), \(value.swift))"
    }
  }
}
