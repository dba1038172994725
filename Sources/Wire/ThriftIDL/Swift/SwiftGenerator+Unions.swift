extension SwiftGenerator {
  /// A union is an enum. A member of a newer definition can be read, but its value is gone, so it can't be passed on.
  func writeUnion(_ union: ThriftStructure, of file: ThriftSchema.File, to text: inout SwiftText) {
    let name = Self.typeName(union)
    let isRecursive = union.fields.contains { reaches(union.name, from: $0) }
    text.comment(union.comment)
    text.block("\(prefix)\(isRecursive ? "indirect " : "")enum \(name): ThriftCodable, Hashable") { text in
      for field in union.fields {
        text.comment(field.comment)
        text.line("case \(SwiftNames.choice(field.name))(\(field.type.swift))")
      }
      text.line("/// A member that is not known here, by its number; 0 if there was none.")
      text.line("case unknown(Int16)")
      text.line()
      writeShapesProperty(union, of: file, to: &text)
      writeReading(union, name, to: &text)
      writeWriting(union, to: &text)
    }
  }

  private func writeReading(_ union: ThriftStructure, _ name: String, to text: inout SwiftText) {
    let hidden = Set(union.fields.map { SwiftNames.choice($0.name) })
    text.block(readingHead) { text in
      if !union.fields.isEmpty { text.line("var value: \(name)?") }
      writeLoop(to: &text, isEmpty: union.fields.isEmpty) { text in
        for field in union.fields {
          let member = SwiftNames.choice(field.name)
          text.line("case (\(field.id), .\(field.type.type)): value = .\(member)(\(field.type.reading(hidden)))")
        }
      }
      text.line(union.fields.isEmpty ? "self = .unknown(previous)" : "self = value ?? .unknown(previous)")
    }
    text.line()
  }

  private func writeWriting(_ union: ThriftStructure, to text: inout SwiftText) {
    text.block(writingHead) { text in
      text.line("switch self {")
      for field in union.fields {
        text.branch("case .\(SwiftNames.choice(field.name))(let value):") { text in
          writeField(field, "value", after: "0", to: &text)
        }
      }
      let message = "\"the member \\(id) of the union \\\"\(union.name)\\\" is not known here, so it can't be written\""
      text.branch("case .unknown(let id):") { $0.line("throw ThriftError(.unsupported, \(message))") }
      text.line("}")
      text.line("writer.stop()")
    }
  }
}
