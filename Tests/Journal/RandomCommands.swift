import MusterCatalog
import MusterTiming

/// Commands as clients send them, over few names, so that they meet each other often.
struct RandomCommands {
  private var random: SplitMix64
  private let nodes: [String]
  private(set) var time = Timestamp(milliseconds: 1_700_000_000_000)

  /// All names of services that commands may use.
  static let services = ["web", "api", "db", "caf\u{E9}", "batch"]

  /// Commands that follow from the seed.
  ///
  /// - Parameters:
  ///   - seed: The seed.
  ///   - spellings: Whether a node's accent is sometimes a character of its own, which is an equal string.
  init(seed: UInt64, spellings: Bool = true) {
    nodes = ["n1", "n2", "zo\u{EB}", spellings ? "zoe\u{308}" : "n3"]
    random = SplitMix64(seed: seed)
  }

  /// A number below `count`.
  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  mutating func next() -> Command {
    time.milliseconds += Int64(below(5000))
    switch below(14) {
    case 0...4: return .register(registration())
    case 5: return .deregisterInstance(instanceKey(), cause: "removed by a client")
    case 6: return .deregisterCheck(checkKey(), cause: "removed by a client")
    case 7: return below(4) == 0 ? .deregisterNode(node(), cause: "removed by a client") : .register(registration())
    case 8, 9, 10:
      let report = Command.Report(
        check: checkKey(), status: status(), output: ["", "ok", "slow \u{1F40C}"][below(3)], isHeartbeat: false)
      return .report(report)
    case 11: return .maintainInstance(instanceKey(), below(2) == 0 ? .on(reason: "upgrade") : .off)
    case 12: return .maintainNode(node(), below(2) == 0 ? .on(reason: "") : .off)
    default: return .timerFired(below(2) == 0 ? .expire(checkKey()) : .reap(checkKey()))
    }
  }

  private mutating func registration() -> Registration {
    let name = node()
    var registration = Registration(node: name, replacesChecks: below(3) == 0)
    if below(3) > 0 {
      registration.nodeUpdate = Node(
        name: name, id: ["", "5c3f"][below(2)], address: "10.0.0.\(below(3))", taggedAddresses: ["lan": "10.1.0.1"],
        meta: labels())
    }
    if below(4) > 0 { registration.instance = instance() }
    for _ in 0..<below(3) {
      let owner = below(4) == 0 ? nil : registration.instance?.id ?? instanceID()
      let check = check()
      if registration.checks.contains(where: { $0.check.id == check.id }) { continue }
      registration.checks.append(.init(check, of: owner))
    }
    if below(3) == 0 { registration.statuses = .asGiven }
    return registration
  }

  private mutating func instance() -> Instance {
    Instance(
      id: instanceID(), service: Self.services[below(Self.services.count)],
      tags: [[], ["v1"], ["v1", "\"quoted\", \\ and \u{0}"]][below(3)], address: ["", "10.0.0.1"][below(2)],
      port: below(3), meta: labels(),
      taggedAddresses: below(3) == 0 ? [.init(tag: "lan", address: "10.0.0.9", port: 80)] : [],
      weights: .init(passing: 1 + below(2), warning: 1), enableTagOverride: below(5) == 0)
  }

  private mutating func check() -> Check {
    let probes: [CheckDefinition.Probe] = [
      .none, .ttl(.seconds(10)), .tcp("localhost:80"), .grpc("localhost:81/x", tls: true), .thrift("localhost:82/a:b"),
      .exec(["true", ""]),
      .http(
        .init(
          url: "http://localhost/\(below(2))", method: "PUT", headers: [.init(name: "A", values: ["1", "2"])],
          body: "{}", skipsTLSVerification: true)),
    ]
    let definition = CheckDefinition(
      probe: probes[below(probes.count)], interval: .milliseconds(1500), timeout: .seconds(1 + below(2)),
      deregisterAfter: below(2) == 0 ? .seconds(60) : nil, successBeforePassing: below(2), failuresBeforeWarning: 1,
      failuresBeforeCritical: 2)
    return Check(id: checkID(), name: "a check", status: status(), notes: "", output: "", definition: definition)
  }

  private mutating func labels() -> Labels { [[:], ["a": "1"], ["b": "", "a\u{0}": "\u{E9}"]][below(3)] }
  private mutating func status() -> HealthStatus { [.passing, .warning, .critical][below(3)] }
  private mutating func instanceID() -> String { ["i1", "i2", "i3", "caf\u{E9}", "cafe\u{301}"][below(5)] }
  private mutating func checkID() -> String { ["c1", "c2", "c3", "\u{E9}", "e\u{301}"][below(5)] }
  private mutating func instanceKey() -> InstanceKey { InstanceKey(node: node(), id: instanceID()) }
  private mutating func checkKey() -> CheckKey { CheckKey(node: node(), id: checkID()) }
  private mutating func node() -> String { nodes[below(4)] }
}

extension Catalog {
  /// Applies random commands until they have made this many events, or a few commands more.
  mutating func makeEvents(_ count: Int, _ commands: inout RandomCommands) -> [Event] {
    var events: [Event] = []
    while events.count < count {
      let command = commands.next()
      // Commands on what is not there are refused and change nothing.
      guard let outcome = try? apply(command, at: commands.time) else { continue }
      events += outcome.events
    }
    return events
  }
}
