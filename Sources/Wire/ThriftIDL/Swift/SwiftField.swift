/// A field as a property.
struct SwiftField {
  /// What is not a name in a function that reads a struct.
  private static let taken: Set<String> = ["bytes", "reader", "previous", "field"]

  let field: ThriftStructure.Field
  /// The property's name.
  let name: String
  /// Whether it may be nil.
  let isOptional: Bool
  /// Whether it has to be in every message.
  let isRequired: Bool
  /// Whether it is held outside of its struct.
  let isIndirect: Bool
  /// Its value where none is given.
  let value: String?

  /// A struct may well be missing where the definition does not say: other libraries leave it out where it is null. Among
  /// arguments, it has to be there.
  init(_ field: ThriftStructure.Field, schema: ThriftSchema, isArgument: Bool, isIndirect: Bool) {
    self.field = field
    self.isIndirect = isIndirect
    name = SwiftNames.member(field.name)
    let isBare = field.requirement == .usual && field.type.zero() == nil && field.value == nil
    isOptional = field.requirement == .optional || isBare && !isArgument
    isRequired = field.requirement == .required || isBare && isArgument
    value = field.value.map { schema.swift($0, field.type) }
  }

  var type: String { field.type.swift + (isOptional ? "?" : "") }

  /// The variable that it is read into. A name that may be that of a type would hide it.
  var local: String {
    let isTypeLike = name.first?.isUppercase == true || name.hasSuffix("Field")
    return isTypeLike || Self.taken.contains(name) ? "\(name)Field" : name
  }

  /// How it is declared among the arguments of an initialiser.
  var argument: String {
    let usual = value ?? (isOptional ? "nil" : nil)
    return "\(SwiftNames.label(field.name)): \(type)" + (usual.map { " = \($0)" } ?? "")
  }

  /// How the variable that it is read into is declared.
  /// Names of fields may hide types.
  func declaration(_ hidden: Set<String>) -> String {
    if isRequired { return "var \(local): \(field.type.swift)?" }
    let start = value ?? (isOptional ? nil : field.type.zero(hidden))
    return "var \(local): \(type)" + (start.map { " = \($0)" } ?? "")
  }
}
