internal import MusterCommandLine

/// `muster maintenance`.
struct MaintenanceCommand: ParsableCommand {
  enum Mode: String, CaseIterable, ExpressibleByArgument {
    case on, off
  }

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "maintenance", abstract: "Take an instance out of the answers, or put it back",
      discussion: "An instance in maintenance stays registered, but nobody is sent to it.")
  }

  @Argument(help: ArgumentHelp("'on' takes it out, 'off' puts it back", valueName: "on|off")) var mode: Mode
  @Argument(help: "the instance's id") var id: String
  @Option(help: ArgumentHelp("why, for those who look", valueName: "R")) var reason: String?
  @OptionGroup var registry: RegistryOptions

  func validate() throws(CommandError) {
    if id.isEmpty { throw CommandError(.usage, "ID: an id can't be empty") }
    if mode == .off, reason != nil { throw CommandError(.usage, "--reason goes with 'on' only") }
  }

  func run() throws(CommandError) {
    var path = RequestPath("/v1/agent/service/maintenance", id).adding("enable", mode == .on ? "true" : "false")
    if let reason { path = path.adding("reason", reason) }
    try registry.client().put(path)
    try StandardStream.output.print(PrintableText.line("\(id) is \(mode == .on ? "in" : "out of") maintenance"))
  }
}
