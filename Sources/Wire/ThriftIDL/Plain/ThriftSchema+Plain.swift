public import MusterThrift

extension ThriftSchema {
  /// Makes a method's arguments of plain values.
  ///
  /// Enums are taken by name or number, bytes as Base64, numbers of 64 bits also as text, maps as an object or as an
  /// array of pairs. An argument that is left out has the value that the definition gives it; null leaves it out.
  ///
  /// - Parameters:
  ///   - plain: an array of the arguments in their order, or an object of them by name.
  ///   - method: the method.
  /// - Returns: the struct that a call consists of.
  /// - Throws: a ``ThriftError`` that says which value is wrong, and what is allowed.
  public func arguments(_ plain: ThriftPlain, of method: ThriftService.Method) throws(ThriftError) -> ThriftStruct {
    let fields = method.arguments.fields
    var reading = PlainReading(self, method.name)
    let members: [ThriftPlain.Member]
    switch plain {
    case .object(let given): members = given
    case .array(let values):
      guard values.count <= fields.count else {
        throw reading.refusal(
          "\(values.count) arguments are given; it takes \(fields.count): \(PlainReading.list(fields.map(\.name)))")
      }
      members = zip(fields, values).map { .init($0.name, $1) }
    default:
      throw reading.refusal("expected an array of arguments or an object of them by name, found \(plain.name)")
    }
    return try reading.fields(members, fields, needsAll: true, in: "its arguments")
  }

  /// Makes a struct of an object of its fields by name, in the same way as arguments.
  ///
  /// - Parameters:
  ///   - plain: the object.
  ///   - structure: the struct's full name.
  /// - Returns: the struct.
  /// - Throws: a ``ThriftError`` that says which value is wrong, and what is allowed.
  public func structure(_ plain: ThriftPlain, as structure: String) throws(ThriftError) -> ThriftStruct {
    var reading = PlainReading(self, structure)
    return try reading.structure(plain, structure)
  }

  /// Shows a struct as an object of its fields by name; fields that the definition does not have are left out.
  ///
  /// - Parameters:
  ///   - value: the struct.
  ///   - structure: its full name.
  /// - Returns: the object.
  /// - Throws: a ``ThriftError`` if a value is not of the type that the definition says.
  public func plain(_ value: ThriftStruct, as structure: String) throws(ThriftError) -> ThriftPlain {
    try PlainWriting(schema: self).structure(value, structure)
  }

  /// Tells what a method answered from the struct that its result is.
  ///
  /// - Parameters:
  ///   - result: the struct.
  ///   - method: the method.
  /// - Returns: the value or the exception.
  /// - Throws: a ``ThriftError`` if a value is missing, or is not of the type that the definition says.
  public func outcome(_ result: ThriftStruct, of method: ThriftService.Method) throws(ThriftError) -> ThriftOutcome {
    let writing = PlainWriting(schema: self)
    for field in method.result?.fields ?? [] where field.id != 0 {
      guard let value = result[field.id], case .structure(let name) = field.type else { continue }
      return .exception(name, try writing.plain(value, field.type))
    }
    guard let type = method.returns else { return .value(.null) }
    guard let value = result[0] else {
      throw ThriftError(.malformed, "the answer of \"\(method.name)\" has neither a value nor an exception")
    }
    return .value(try writing.plain(value, type))
  }
}
