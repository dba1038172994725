/// Names for numbers.
public struct ThriftEnumeration: Hashable, Sendable {
  /// Its full name, such as `shared.Color`.
  public let name: String
  /// The names and their numbers.
  public let members: [ThriftMemberDefinition]
  /// The text of the comment before it.
  public let comment: String?
  /// What follows it in parentheses.
  public let annotations: [ThriftAnnotation]

  /// The name without its file's.
  public var shortName: String { ThriftSchema.shortName(name) }

  /// The first name of a number.
  public func name(of number: Int32) -> String? {
    members.first { $0.number == number }?.name
  }

  /// The number that a name stands for.
  public func number(of name: String) -> Int32? {
    members.first { $0.name == name }?.number
  }
}
