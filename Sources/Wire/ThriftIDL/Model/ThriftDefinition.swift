/// Something that a file gives a name.
public struct ThriftDefinition: Hashable, Sendable {
  /// What it is.
  public enum Kind: Hashable, Sendable {
    /// A value.
    case constant(ThriftTypeName, ThriftLiteral)
    /// Another name for a type.
    case alias(ThriftTypeName)
    /// Names for numbers.
    case enumeration([ThriftMemberDefinition])
    /// A struct, union or exception.
    case structure(ThriftStructureKind, [ThriftFieldDefinition])
    /// Methods.
    case service(ThriftServiceDefinition)
  }

  /// Its name.
  public let name: String
  /// Where that is written.
  public let place: ThriftPlace
  /// What it is.
  public let kind: Kind
  /// The text of the comment `/** … */` before it.
  public let comment: String?
  /// What follows in parentheses.
  public internal(set) var annotations: [ThriftAnnotation] = []
}

/// What fields are held together by.
public enum ThriftStructureKind: String, Hashable, Sendable {
  /// All fields.
  case structure = "struct"
  /// One of the fields.
  case union
  /// All fields, and methods can throw it.
  case exception
}

/// A name of an enum, and its number.
public struct ThriftMemberDefinition: Hashable, Sendable {
  /// The name.
  public let name: String
  /// The number: the one before it and 1 if none is written, 0 for the first.
  public let number: Int32
  /// Where the name is written.
  public let place: ThriftPlace
  /// The text of the comment before it.
  public let comment: String?
  /// What follows in parentheses.
  public let annotations: [ThriftAnnotation]
}

/// Whether a field has to be there.
public enum ThriftRequirement: String, Hashable, Sendable {
  /// It has to be there in every message.
  case required
  /// It may be left out.
  case optional
  /// Nothing is written: it is there as a rule, and readers do without.
  case usual = "default"
}

/// A field of a struct, an argument or an exception that a method throws.
public struct ThriftFieldDefinition: Hashable, Sendable {
  /// Its number; where none is written, -1, -2 and so on.
  public let id: Int16
  /// Its name.
  public let name: String
  /// Whether it has to be there.
  public let requirement: ThriftRequirement
  /// Its type.
  public let type: ThriftTypeName
  /// The value that it has if none is given.
  public let value: ThriftLiteral?
  /// Where the name is written.
  public let place: ThriftPlace
  /// The text of the comment before it.
  public let comment: String?
  /// What follows in parentheses.
  public let annotations: [ThriftAnnotation]
}

/// What a service has.
public struct ThriftServiceDefinition: Hashable, Sendable {
  /// The service whose methods it has too, and where its name is written.
  public let parent: ThriftTypeName?
  /// Its methods.
  public let methods: [ThriftMethodDefinition]
}

/// A method of a service.
public struct ThriftMethodDefinition: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// Whether nothing is answered.
  public let isOneway: Bool
  /// What it returns; nil for `void`.
  public let result: ThriftTypeName?
  /// Its arguments.
  public let arguments: [ThriftFieldDefinition]
  /// What it throws.
  public let exceptions: [ThriftFieldDefinition]
  /// Where the name is written.
  public let place: ThriftPlace
  /// The text of the comment before it.
  public let comment: String?
  /// What follows in parentheses.
  public let annotations: [ThriftAnnotation]
}
