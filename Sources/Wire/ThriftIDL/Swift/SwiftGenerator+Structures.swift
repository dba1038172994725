extension SwiftGenerator {
  /// A struct or exception, or a method's arguments or result.
  func writeStructure(
    _ structure: ThriftStructure, named name: String, isArguments: Bool = false, of file: ThriftSchema.File,
    to text: inout SwiftText, _ more: (inout SwiftText) -> Void = { _ in }
  ) {
    let fields = structure.fields.map {
      SwiftField($0, schema: schema, isArgument: isArguments, isIndirect: reaches(structure.name, from: $0))
    }
    text.comment(structure.comment)
    let isError = structure.kind == .exception
    text.block("\(prefix)struct \(name): \(isError ? "Error, " : "")ThriftCodable, Hashable") { text in
      for field in fields {
        text.comment(field.field.comment)
        text.line("\(field.isIndirect ? "@ThriftIndirect " : "")\(prefix)var \(field.name): \(field.type)")
      }
      if !fields.isEmpty { text.line() }
      writeInitialiser(fields, to: &text)
      writeShapesProperty(structure, of: file, to: &text)
      writeReading(fields, of: structure, to: &text)
      writeWriting(fields, to: &text)
      more(&text)
    }
  }

  /// Whether a field's value can hold a value of a struct without a container between them.
  func reaches(_ target: String, from field: ThriftStructure.Field) -> Bool {
    guard case .structure(let first) = field.type else { return false }
    var (open, seen) = ([first], Set<String>())
    while let name = open.popLast() {
      if name == target { return true }
      guard seen.insert(name).inserted else { continue }
      for field in schema.structures[name]?.fields ?? [] {
        if case .structure(let next) = field.type { open.append(next) }
      }
    }
    return false
  }

  private func writeInitialiser(_ fields: [SwiftField], to text: inout SwiftText) {
    let arguments = fields.map(\.argument).joined(separator: ", ")
    text.block("\(prefix)init(\(arguments))") { text in
      for field in fields { text.line("self.\(field.name) = \(field.name)") }
    }
    text.line()
  }

  func writeShapesProperty(_ structure: ThriftStructure, of file: ThriftSchema.File, to text: inout SwiftText) {
    let structures = "\(SwiftNames.file(file.name))Shapes.structures"
    text.line("\(prefix)static let shapes = ThriftShapes(root: \(SwiftNames.literal(structure.name)), \(structures))")
    text.line()
  }

  private func writeReading(_ fields: [SwiftField], of structure: ThriftStructure, to text: inout SwiftText) {
    text.block(readingHead) { text in
      let hidden = Set(fields.map(\.name))
      for field in fields { text.line(field.declaration(hidden)) }
      writeLoop(to: &text, isEmpty: fields.isEmpty) { text in
        for field in fields {
          let type = field.field.type
          text.line("case (\(field.field.id), .\(type.type)): \(field.local) = \(type.reading(hidden))")
        }
      }
      for field in fields where field.isRequired {
        let missing =
          ".missing(field: \(SwiftNames.literal(field.field.name)), of: \(SwiftNames.literal(structure.name)))"
        text.line("guard let \(field.local) else { throw \(missing) }")
      }
      for field in fields { text.line("self.\(field.name) = \(field.local)") }
    }
    text.line()
  }

  var readingHead: String {
    "\(prefix)init<SomeReader: ThriftReader>(reading bytes: Span<UInt8>, with reader: inout SomeReader) throws(ThriftError)"
  }

  var writingHead: String {
    "\(prefix)func write<SomeWriter: ThriftWriter>(to writer: inout SomeWriter) throws(ThriftError)"
  }

  /// The loop over the fields that are there.
  func writeLoop(to text: inout SwiftText, isEmpty: Bool, _ cases: (inout SwiftText) -> Void) {
    text.line("try reader.enter()")
    text.line("var previous: Int16 = 0")
    text.block("while let field = try reader.field(after: previous, bytes)") { text in
      text.line("previous = field.id")
      guard !isEmpty else { return text.line("try reader.skip(field.type, bytes)") }
      text.line("switch (field.id, field.type) {")
      cases(&text)
      text.line("default: try reader.skip(field.type, bytes)")
      text.line("}")
    }
    text.line("reader.leave()")
  }

  private func writeWriting(_ fields: [SwiftField], to text: inout SwiftText) {
    // The number of the field before is only known at run time where one may be missing.
    let isCounted = fields.count > 1 && fields.dropLast().contains(where: \.isOptional)
    text.block(writingHead) { text in
      if isCounted { text.line("var previous: Int16 = 0") }
      var before = "0"
      for (number, field) in fields.enumerated() {
        let isLast = number == fields.count - 1
        if field.isOptional {
          text.block("if let value = self.\(field.name)") { text in
            writeField(field.field, "value", after: isCounted ? "previous" : before, to: &text)
            if isCounted, !isLast { text.line("previous = \(field.field.id)") }
          }
        } else {
          writeField(field.field, "self.\(field.name)", after: isCounted ? "previous" : before, to: &text)
          if isCounted, !isLast { text.line("previous = \(field.field.id)") }
        }
        before = "\(field.field.id)"
      }
      text.line("writer.stop()")
    }
  }

  func writeField(_ field: ThriftStructure.Field, _ value: String, after before: String, to text: inout SwiftText) {
    guard field.type != .base(.bool) else {
      return text.line("writer.boolField(\(field.id), after: \(before), \(value))")
    }
    text.line("writer.field(\(field.id), after: \(before), .\(field.type.type))")
    text.line(field.type.writing(value))
  }
}
