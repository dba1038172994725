internal import MusterCommandLine
internal import MusterJSON

/// `muster history`.
struct HistoryCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "history", abstract: "Tell what happened to a service and why, the newest last",
      discussion: """
        With --json it is an array of objects with the members revision, time (RFC 3339), what, node, instance, check \
        and cause.
        """)
  }

  @Argument(help: "the service's name", completion: ServiceName.completion) var name: String
  @Flag(help: "print JSON") var json
  @Option(help: ArgumentHelp("the newest N events at most, 1 to 10000", valueName: "N")) var limit = 100
  @OptionGroup var registry: RegistryOptions

  func validate() throws(CommandError) {
    if name.isEmpty { throw CommandError(.usage, "NAME: a service's name can't be empty") }
    if !(1...10_000).contains(limit) { throw CommandError(.usage, "--limit: \(limit) is not between 1 and 10000") }
  }

  func run() throws(CommandError) {
    let client = try registry.client()
    let path = RequestPath("/v1/muster/history", name).adding("limit", String(limit))
    var entries: [HistoryEntry] = []
    for entry in try client.get(path).json().elements("history") { entries.append(try HistoryEntry(entry)) }
    if json {
      try JSONOutput.printArray(count: entries.count) { entries[$0].write(to: &$1) }
      return
    }
    guard !entries.isEmpty else {
      StandardStream.error.note("nothing is known to have happened to \(name)")
      return
    }
    var table = TextTable([
      .init("TIME"), .init("REVISION", right: true), .init("WHAT"), .init("INSTANCE"), .init("CAUSE"),
    ])
    for entry in entries {
      table.append([
        .init(entry.time), .init(entry.revision), .init(entry.kind), .init(entry.subject), .init(entry.cause),
      ])
    }
    try table.printOut()
  }
}
