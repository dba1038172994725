internal import MusterCommandLine
internal import MusterJSON

/// `muster status`.
struct StatusCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "status", abstract: "Show how the registry itself does",
      discussion: """
        With --json it is an object with the members version, node, datacenter, store, dataDir, revision, \
        uptimeSeconds, services, instances, nodes, watchers, connections and checks (passing, warning, critical).
        """)
  }

  @Flag(help: "print JSON") var json
  @OptionGroup var registry: RegistryOptions

  func run() throws(CommandError) {
    let client = try registry.client()
    let status: RegistryStatus
    do throws(CommandError) {
      status = try RegistryStatus(client.get(RequestPath("/v1/muster/status")).json())
    } catch  where error.code == .notFound {
      throw CommandError(.failed, "the registry at \(client.address) is not Muster: it does not tell its status")
    }
    if json {
      try JSONOutput.printLine { status.write(to: &$0) }
      return
    }
    let rows = [("Registry", client.address.url)] + status.rows
    let width = rows.reduce(0) { max($0, TextWidth.of($1.0)) } + 2
    for (title, text) in rows {
      let padding = String(repeating: " ", count: width - TextWidth.of(title))
      try StandardStream.output.print(title + padding + PrintableText.line(text))
    }
  }
}
