public import MusterThrift

/// What a proxy carries.
public enum ProxyProtocol: Sendable, Hashable, CustomStringConvertible {
  /// Calls of Thrift, in the dialect that the first bytes of each connection show.
  case thrift
  /// Calls of Thrift in one dialect.
  case dialect(ThriftDialect)
  /// Connections, whatever is in them.
  case tcp

  private static let protocols: [(name: String, value: ThriftProtocol)] = [
    ("binary", .binary), ("compact", .compact), ("json", .json), ("thriftpy-json", .thriftPyJSON),
  ]

  /// The names that there are: `auto` and `thrift` mean the same.
  public static let names: [String] =
    ["auto", "thrift", "tcp"] + protocols.flatMap { ["framed-\($0.name)", "unframed-\($0.name)"] }
    + ["header-binary", "header-compact"]

  /// The protocol of a name; nil if there is none.
  public init?(name: String) {
    switch name {
    case "auto", "thrift": self = .thrift
    case "tcp": self = .tcp
    case "header-binary": self = .dialect(ThriftDialect(.binary, .header))
    case "header-compact": self = .dialect(ThriftDialect(.compact, .header))
    default:
      let parts = name.split(separator: "-", maxSplits: 1)
      guard parts.count == 2, let value = Self.protocols.first(where: { $0.name == parts[1] })?.value else {
        return nil
      }
      guard let framing: ThriftFraming = parts[0] == "framed" ? .framed : parts[0] == "unframed" ? .unframed : nil
      else {
        return nil
      }
      self = .dialect(ThriftDialect(value, framing))
    }
  }

  /// The name.
  public var description: String {
    switch self {
    case .thrift: "thrift"
    case .tcp: "tcp"
    case .dialect(let dialect): dialect.description
    }
  }
}
