internal import MusterCommandLine

/// `muster deregister`.
struct DeregisterCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "deregister", abstract: "Remove an instance",
      discussion: "'muster instances NAME --all' lists the ids.")
  }

  @Argument(help: "the instance's id") var id: String
  @OptionGroup var registry: RegistryOptions

  func validate() throws(CommandError) {
    if id.isEmpty { throw CommandError(.usage, "ID: an id can't be empty") }
  }

  func run() throws(CommandError) {
    try registry.client().put(RequestPath("/v1/agent/service/deregister", id))
    try StandardStream.output.print(PrintableText.line("removed \(id)"))
  }
}
