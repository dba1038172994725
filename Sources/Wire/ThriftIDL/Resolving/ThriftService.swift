public import MusterThrift

/// A service.
public struct ThriftService: Hashable, Sendable {
  /// A method.
  public struct Method: Hashable, Sendable {
    /// Its name, as messages have it.
    public let name: String
    /// Whether nothing is answered.
    public let isOneway: Bool
    /// Whether a call may be made again where nobody knows if it was made: `(idempotent = "true")`.
    public let isIdempotent: Bool
    /// What it returns; nil for `void`.
    public let returns: ThriftFieldType?
    /// Its arguments as a struct.
    public let arguments: ThriftStructure
    /// Its result as a struct: field 0 is what it returns, every other one an exception. Nil if it is oneway.
    public let result: ThriftStructure?
    /// The text of the comment before it.
    public let comment: String?
    /// What follows it in parentheses.
    public let annotations: [ThriftAnnotation]
  }

  /// Its full name, such as `shared.Store`.
  public let name: String
  /// The full name of the service whose methods it has too.
  public let parent: String?
  /// Its own methods; ``ThriftSchema/methods(of:)`` has those of its parents too.
  public let methods: [Method]
  /// The text of the comment before it.
  public let comment: String?
  /// What follows it in parentheses.
  public let annotations: [ThriftAnnotation]

  /// The name without its file's.
  public var shortName: String { ThriftSchema.shortName(name) }
}

extension ThriftService.Method {
  /// The method as calls need it.
  public var method: ThriftMethod {
    ThriftMethod(name, isOneway: isOneway, isIdempotent: isIdempotent)
  }
}
