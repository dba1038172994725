import MusterCatalog
import MusterEngine
import MusterHTTPServer
import MusterJournal
import MusterProbing
import MusterThreading
import Testing

@testable import MusterChecks

@Suite("A runner of checks")
struct CheckRunnerTests {
  private struct Status: HTTPHandler {
    let status: Locked<Int>
    let requests: Locked<Int>
    func handle(_ request: HTTPRequest) -> HTTPReply {
      requests.withLock { $0 += 1 }
      return .now(HTTPResponse(status: status.withLock { $0 }, text: "so it is"))
    }
  }

  private let registry: Registry
  private let status = Locked(200)
  private let requests = Locked(0)
  private let target: HTTPServer
  private let reports = Mailbox<Event>(capacity: 10_000)

  init() throws {
    registry = try Registry(journal: MemoryJournal(bounds: HistoryBounds()))
    target = try HTTPServer(
      configuration: HTTPServerConfiguration(), handler: Status(status: status, requests: requests), log: { _ in })
    registry.observeEvents { [reports] events in
      for event in events where event.subject.check == "c" { reports.push(event) }
    }
  }

  private var url: String { "http://127.0.0.1:\(target.address.port)/" }

  private func register(_ probe: CheckDefinition.Probe, interval: Duration = .seconds(1)) {
    let check = Check(
      id: "c", name: "c", definition: CheckDefinition(probe: probe, interval: interval, timeout: .seconds(20)))
    submit(
      .register(
        Registration(
          node: "n1", nodeUpdate: Node(name: "n1", address: "10.0.0.1"),
          instance: Instance(id: "w", service: "web", port: 80), checks: [.init(check, of: "w")])))
  }

  private func submit(_ command: Command) {
    let done = Mailbox<Bool>(capacity: 1)
    registry.submit(command) { if case .success = $0 { done.push(true) } else { done.push(false) } }
    #expect(done.takeAll(upTo: 1, until: .now + .seconds(20)) == [true])
  }

  private func nextReport() throws -> Event {
    try #require(reports.takeAll(upTo: 1, until: .now + .seconds(20)).first)
  }

  private func eventually(_ condition: () -> Bool) -> Bool {
    let clock = Mailbox<Never>(capacity: 1)
    let deadline = ContinuousClock.now + .seconds(20)
    while !condition() {
      guard .now < deadline else { return false }
      _ = clock.takeAll(upTo: 1, until: .now + .milliseconds(5))
    }
    return true
  }

  @Test("follows its target, says which check it was and what it said, and writes nothing when nothing changes")
  func follow() throws {
    let runner = try CheckRunner(registry: registry)
    register(.http(.init(url: url)))
    let first = try nextReport()
    #expect(first.kind == .passing)
    #expect(first.cause == "check \"c\" found: HTTP GET \(url): 200 OK Output: so it is ")
    let seen = requests.withLock { $0 }
    let revision = registry.catalog.revision
    #expect(eventually { requests.withLock { $0 } >= seen + 2 })
    #expect(registry.catalog.revision == revision)
    status.withLock { $0 = 503 }
    let second = try nextReport()
    #expect(second.kind == .critical)
    #expect(second.cause == "check \"c\" found: HTTP GET \(url): 503 Service Unavailable Output: so it is ")
    status.withLock { $0 = 429 }
    #expect(try nextReport().kind == .warning)
    #expect(eventually { runner.counts.finished > 4 })
    #expect(runner.counts.checks == 1)
    #expect(runner.counts.notRun == 0)
    runner.stop()
    registry.stop()
  }

  @Test("runs what was there before it, and nothing that has gone")
  func startAndEnd() throws {
    register(.http(.init(url: url)))
    let runner = try CheckRunner(registry: registry)
    #expect(try nextReport().kind == .passing)
    submit(.deregisterInstance(InstanceKey(node: "n1", id: "w"), cause: "test"))
    #expect(eventually { runner.counts.checks == 0 })
    runner.stop()
    registry.stop()
  }

  @Test("runs a check as it is registered anew")
  func change() throws {
    let runner = try CheckRunner(registry: registry)
    register(.http(.init(url: url)))
    #expect(try nextReport().kind == .passing)
    register(.tcp("127.0.0.1:1"))
    #expect(eventually { registry.catalog.check(CheckKey(node: "n1", id: "c"))?.check.status == .critical })
    register(.ttl(.seconds(60)))
    #expect(eventually { runner.counts.checks == 0 })
    runner.stop()
    registry.stop()
  }

  @Test("refuses commands and networks that the settings do not allow")
  func settings() throws {
    let settings = CheckSettings(networks: [try NetworkRange("10.0.0.0/8")])
    let runner = try CheckRunner(registry: registry, settings: settings)
    register(.http(.init(url: url)))
    #expect(try nextReport().cause.hasSuffix("127.0.0.1 is not in a network that may be probed (--probe-network)"))
    register(.exec(["true"]))
    #expect(
      eventually {
        registry.catalog.check(CheckKey(node: "n1", id: "c"))?.check.output
          == "exec true: checks that run commands are off (--enable-exec-checks)"
      })
    runner.stop()
    registry.stop()
  }

  @Test("runs commands where that is allowed")
  func commands() throws {
    let runner = try CheckRunner(registry: registry, settings: CheckSettings(allowsCommands: true))
    register(.exec(["/bin/sh", "-c", "echo hot; exit 1"]))
    let event = try nextReport()
    #expect(event.kind == .warning)
    #expect(event.cause == "check \"c\" found: exec /bin/sh: exit code 1 Output: hot ")
    runner.stop()
    registry.stop()
  }

  @Test("can be stopped while probes are under way, more than once, and by being told twice at once")
  func stop() throws {
    let runner = try CheckRunner(registry: registry, settings: CheckSettings(allowsCommands: true))
    register(.exec(["sleep", "60"]))
    #expect(eventually { runner.counts.running == 1 })
    let other = try WorkerThread(name: "stopper") { runner.stop() }
    runner.stop()
    other.join()
    runner.stop()
    registry.stop()
  }
}
