internal import MusterCommandLine
internal import MusterHTTPClient
internal import MusterJSON

/// `muster watch`.
struct WatchCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "watch", abstract: "Print the instances of a service, then each change as it happens",
      discussion: """
        Lines start with + for an instance that is there, ~ for one that changed and - for one that left. With --json \
        each change is one line, an object with the members revision and instances (as 'muster instances --json' \
        prints them, whatever their status).

        It goes on until SIGINT or SIGTERM or until the reader of its output is gone, also while the registry is away.
        """)
  }

  @Argument(help: "the service's name", completion: ServiceName.completion) var name: String
  @Flag(help: "print JSON, one object a line") var json
  @OptionGroup var registry: RegistryOptions

  /// How long the registry may keep a query open, and what it may take beyond: it adds up to a 16th.
  private static let wait = Duration.seconds(300)
  private static let timeout = Duration.seconds(340)

  func validate() throws(CommandError) {
    if name.isEmpty { throw CommandError(.usage, "NAME: a service's name can't be empty") }
  }

  func run() throws(CommandError) {
    let client = try registry.client()
    var progress = WatchProgress()
    var random = SystemRandomNumberGenerator()
    StopSignal.install()
    try StopSignal.comeWhenReaderIsGone()
    while !StopSignal.cancellation.isCancelled {
      let answer: (instances: [ListedInstance], index: Int)
      do throws(CommandError) {
        answer = try ask(client, behind: progress.index)
      } catch  where progress.outlasts(error) {
        let delay = progress.fail(using: &random)
        let seconds = Double(delay / .milliseconds(100)).rounded() / 10
        let what = error.code == .away ? "registry away: " : ""
        StandardStream.error.note("\(what)\(error.message); trying again in \(seconds) s")
        StopSignal.sleep(delay)
        continue
      }
      try tell(answer.instances, answer.index, &progress)
    }
  }

  private func ask(
    _ client: RegistryClient, behind index: Int
  ) throws(CommandError) -> (instances: [ListedInstance], index: Int) {
    var path = RequestPath("/v1/health/service", name)
    if index > 0 { path = path.adding("index", String(index)).adding("wait", "\(Self.wait.components.seconds)s") }
    let answer = try client.get(path, timeout: Self.timeout, cancellation: StopSignal.cancellation)
    var instances: [ListedInstance] = []
    for entry in try answer.json().elements("instances") { instances.append(try ListedInstance(entry)) }
    guard let index = answer.index else {
      throw CommandError(.failed, "\(client.address) can't be watched: its answers have no X-Consul-Index")
    }
    return (instances, index)
  }

  private func tell(
    _ instances: [ListedInstance], _ index: Int, _ progress: inout WatchProgress
  ) throws(CommandError) {
    if progress.failures > 0 { StandardStream.error.note("registry back") }
    guard let changes = progress.receive(instances, index: index) else { return }
    try json ? printJSON(instances, index) : printLines(changes, instances)
  }

  private func printLines(_ changes: [InstanceChange], _ instances: [ListedInstance]) throws(CommandError) {
    let colour = Terminal.output.colour
    for change in changes { try StandardStream.output.print(change.line(colour: colour)) }
    if instances.isEmpty { StandardStream.error.note("no instance of \(name) is registered; waiting for one") }
  }

  private func printJSON(_ instances: [ListedInstance], _ index: Int) throws(CommandError) {
    try JSONOutput.printLine { writer in
      writer.object { writer in
        writer.field("revision", index)
        writer.key("instances")
        writer.array { writer in
          for instance in instances { instance.write(to: &writer) }
        }
      }
    }
  }
}
