extension SwiftGenerator {
  /// The fields of all structs of a file, and of the files that it includes.
  func writeShapes(_ file: ThriftSchema.File, to text: inout SwiftText) {
    guard !file.structures.isEmpty || !file.services.isEmpty else { return }
    text.line()
    text.line("/// What the JSON protocols need to know of the structs of \(file.name).thrift.")
    text.block("\(prefix)enum \(SwiftNames.file(file.name))Shapes") { text in
      text.line("/// Their fields, by the name of the struct.")
      text.line("\(prefix)static let structures = collected()")
      text.line()
      text.block("private static func collected() -> [String: [ThriftShapes.Field]]") { text in
        text.line("var structures: [String: [ThriftShapes.Field]] = [:]")
        for include in includes(of: file) {
          text.line("structures.merge(\(SwiftNames.file(include))Shapes.structures) { first, _ in first }")
        }
        for structure in structures(of: file) {
          text.line("structures[\(SwiftNames.literal(structure.name))] = [")
          for field in structure.fields {
            text.line("  .init(\(field.id), \(SwiftNames.literal(field.name)), \(field.type.shape.swift)),")
          }
          text.line("]")
        }
        text.line("return structures")
      }
    }
  }

  /// The included files that have structs.
  private func includes(of file: ThriftSchema.File) -> [String] {
    var names: [String] = []
    for name in file.includes where !names.contains(name) {
      guard let found = schema.files.first(where: { $0.name == name }) else { continue }
      // A file without structs has no shapes, but those that it includes may.
      if found.structures.isEmpty, found.services.isEmpty {
        names += includes(of: found).filter { !names.contains($0) }
      } else {
        names.append(name)
      }
    }
    return names
  }

  private func structures(of file: ThriftSchema.File) -> [ThriftStructure] {
    file.structures
      + file.services.flatMap { service in
        service.methods.flatMap { [$0.arguments] + ($0.result.map { [$0] } ?? []) }
      }
  }
}
