/// A JSON value.
enum JSONNode {
  /// A key of an object and its value.
  struct Member {
    let key: String
    let value: JSONNode
  }

  case null
  case bool(Bool)
  case integer(Int64)
  case real(Double)
  case text(String)
  case array([JSONNode])
  case object([Member])

  /// How deep brackets may nest: a field of a struct has two, and the message a few of its own.
  static func depth(_ limits: ThriftLimits) -> Int { limits.depth * 2 + 4 }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
  var array: [JSONNode]? { if case .array(let nodes) = self { nodes } else { nil } }

  /// The value of a key; the last one counts.
  subscript(key: String) -> JSONNode? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// The kind of value, for messages.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a Boolean"
    case .integer: "a whole number"
    case .real: "a number"
    case .text: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
