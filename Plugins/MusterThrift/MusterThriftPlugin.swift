import PackagePlugin

/// Turns each `.thrift` of a target's folder into Swift when the target is built.
@main
struct MusterThriftPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    guard let target = target as? any SourceModuleTarget else { return [] }
    let tool = try context.tool(named: "muster-thrift").url
    let definitions = target.sourceFiles(withSuffix: "thrift").map(\.url)
    return definitions.map { definition in
      let name = definition.deletingPathExtension().lastPathComponent
      let output = context.pluginWorkDirectoryURL.appending(path: "\(name).thrift.swift")
      return .buildCommand(
        displayName: "Generating Swift from \(name).thrift", executable: tool,
        arguments: ["swift", definition.path(), "--output", output.path(), "--access", "public"],
        // A file is generated anew when one that it includes has changed.
        inputFiles: definitions, outputFiles: [output])
    }
  }
}
