public import MusterThrift

/// A struct, union or exception, the arguments of a method, or its result.
public struct ThriftStructure: Hashable, Sendable {
  /// A field.
  public struct Field: Hashable, Sendable {
    /// Its number.
    public let id: Int16
    /// Its name.
    public let name: String
    /// Whether it has to be there.
    public let requirement: ThriftRequirement
    /// Its type.
    public let type: ThriftFieldType
    /// The value that it has if none is given.
    public let value: ThriftValue?
    /// The text of the comment before it.
    public let comment: String?
    /// What follows it in parentheses.
    public let annotations: [ThriftAnnotation]
  }

  /// Its full name, such as `shared.Point`, or `shared.Service.method.arguments`.
  public let name: String
  /// What it is.
  public let kind: ThriftStructureKind
  /// Its fields in their order.
  public let fields: [Field]
  /// The text of the comment before it.
  public let comment: String?
  /// What follows it in parentheses.
  public let annotations: [ThriftAnnotation]

  /// The name without its file's.
  public var shortName: String { ThriftSchema.shortName(name) }
}
