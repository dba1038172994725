/// A file as it is written; nothing in it has been looked up.
public struct ThriftDocument: Hashable, Sendable {
  /// The name of a package in one language, or in all.
  public struct Namespace: Hashable, Sendable {
    /// The language, or `*`.
    public let scope: String
    /// The package.
    public let name: String
  }

  /// Another file whose definitions are used.
  public struct Include: Hashable, Sendable {
    /// The path as it is written.
    public let path: String
    /// Where.
    public let place: ThriftPlace
  }

  /// The packages.
  public internal(set) var namespaces: [Namespace] = []
  /// The files that are included.
  public internal(set) var includes: [Include] = []
  /// The definitions in their order.
  public internal(set) var definitions: [ThriftDefinition] = []
}
