internal import MusterCommandLine
internal import MusterDefinitionFiles
internal import MusterThriftIDL

/// Writes a file's definitions as Swift.
struct SwiftCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "swift", abstract: "Write the definitions of a file as Swift",
      discussion: """
        Files that it includes are read too: they are looked for next to the file that includes them, then in the \
        folders of --include. Each has to be turned into Swift by itself, into the same target.
        """)
  }

  @Argument(help: ArgumentHelp("the file with the definitions", valueName: "INPUT"), completion: .file)
  var input: [String]
  @Option(help: ArgumentHelp("where the Swift goes; '-' is the standard output", valueName: "FILE"), completion: .file)
  var output = "-"
  @Option(help: ArgumentHelp("who sees the code", valueName: "WHO")) var access = SwiftAccess.internal
  @Option(help: ArgumentHelp("a folder with files that are included; may be repeated", valueName: "FOLDER"))
  var include: [String]

  func validate() throws(CommandError) {
    guard input.count == 1 else { throw CommandError(.usage, "one INPUT is needed, not \(input.count)") }
  }

  func run() throws(CommandError) {
    do throws(ThriftIDLError) {
      let schema = try DefinitionFile.schema(input[0], folders: include)
      let generator = try SwiftGenerator(schema, access: access)
      guard let file = schema.files.last else { return }
      try write(generator.source(for: file))
    } catch {
      throw CommandError(.failed, error.description)
    }
  }

  private func write(_ text: String) throws(ThriftIDLError) {
    guard output == "-" else { return try DefinitionFile.write(text, to: output) }
    do throws(CommandError) {
      try StandardStream.output.write(text)
    } catch {
      throw ThriftIDLError(.include, error.message)
    }
  }
}

extension SwiftAccess: ExpressibleByArgument {}
