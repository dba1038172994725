/// A file that holds definitions.
public struct ThriftSource: Hashable, Sendable {
  /// What tells it from other files, such as its path; errors begin with it.
  public let path: String
  /// The bytes.
  public let text: [UInt8]

  /// Creates a source.
  public init(path: String, text: [UInt8]) {
    self.path = path
    self.text = text
  }

  /// The name before the point that other files call its definitions by: the file's name without `.thrift`.
  public var name: String {
    let last = path.split(separator: "/").last ?? ""
    return String(last.hasSuffix(".thrift") ? last.dropLast(".thrift".count) : last)
  }
}
