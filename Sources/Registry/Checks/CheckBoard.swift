internal import MusterCatalog
internal import MusterProbing

/// All checks that the registry runs itself: what is to be started, and what results come to.
///
/// It has no clock and no thread; `CheckRunner` carries out what it says.
struct CheckBoard<Random: RandomNumberGenerator> {
  typealias Instant = ContinuousClock.Instant

  /// A probe to be started.
  struct Start {
    let id: UInt64
    let probe: Probe
    let timeout: Duration
  }

  private struct Entry {
    let key: CheckKey
    let definition: CheckDefinition
    /// What the catalog has.
    var known: CheckJudge.Judgement
    var judge: CheckJudge
    var phase = Phase.waiting
    /// Whether the last probe took long.
    var isSlow = false

    var lane: CheckLanes.Lane {
      if case .exec = definition.probe { return .command }
      return isSlow ? .slow : .quick
    }
  }

  private enum Phase {
    case waiting
    case queued
    case running(since: Instant)
  }

  private(set) var schedule = CheckSchedule()
  /// Probes of checks that are no more, to be ended.
  private(set) var cancelled: [UInt64] = []
  private let settings: CheckSettings
  private var random: Random
  private var lanes: CheckLanes
  private var ids: [CheckKey: UInt64] = [:]
  private var entries: [UInt64: Entry] = [:]
  private var lastID: UInt64 = 0
  private(set) var heldCount = 0

  init(settings: CheckSettings, random: Random) {
    self.settings = settings
    self.random = random
    lanes = CheckLanes(settings.limits)
  }

  var count: Int { entries.count }

  var runningCount: Int { lanes.runningCount }

  /// When `start` wants to be called at the latest.
  mutating func nextDeadline() -> Instant? {
    [schedule.nextBeat(), lanes.nextChange].compactMap { $0 }.min()
  }

  /// Takes a check as the catalog has it: new, with another definition, or with another status.
  mutating func put(_ check: Check, key: CheckKey, at now: Instant) {
    let known = CheckJudge.Judgement(status: check.status, output: check.output)
    if let id = ids[key] {
      if entries[id]?.definition == check.definition {
        entries[id]?.known = known
        return
      }
      remove(key)
    }
    guard check.definition.isActive else { return }
    lastID += 1
    ids[key] = lastID
    entries[lastID] = Entry(
      key: key, definition: check.definition, known: known,
      judge: CheckJudge(check.definition, settings: settings))
    schedule.add(lastID, interval: check.definition.interval, at: now, using: &random)
  }

  /// Takes away a check; nothing happens if it is not there.
  mutating func remove(_ key: CheckKey) {
    guard let id = ids.removeValue(forKey: key), let entry = entries.removeValue(forKey: id) else { return }
    schedule.remove(id)
    if entry.judge.isHeld { heldCount -= 1 }
    switch entry.phase {
    case .waiting: return
    case .queued: lanes.remove(id, isWaiting: true)
    case .running:
      lanes.remove(id, isWaiting: false)
      cancelled.append(id)
    }
  }

  mutating func takeCancelled() -> [UInt64] {
    defer { cancelled = [] }
    return cancelled
  }

  /// The probes to be started now.
  mutating func start(at now: Instant) -> [Start] {
    for id in schedule.takeDue(at: now) {
      guard let entry = entries[id] else { continue }
      entries[id]?.phase = .queued
      lanes.enqueue(id, in: entry.lane)
    }
    return lanes.takeStarts(at: now).compactMap { id in
      guard let definition = entries[id]?.definition, let probe = Probe(definition.probe) else { return nil }
      entries[id]?.phase = .running(since: now)
      schedule.start(id, at: now)
      return Start(id: id, probe: probe, timeout: definition.probeTimeout)
    }
  }

  /// Takes what became of a probe; returns what is to be reported, nil when the catalog has it so already.
  mutating func finish(_ id: UInt64, _ result: ProbeResult, at now: Instant) -> Command.Report? {
    guard var entry = entries[id], case .running(let start) = entry.phase else { return nil }
    lanes.remove(id, isWaiting: false)
    schedule.finish(id, at: now, using: &random)
    entry.phase = .waiting
    entry.isSlow = now - start >= CheckLanes.quickTime
    defer { entries[id] = entry }
    guard case .reading(let reading) = result else { return nil }
    if entry.judge.isHeld { heldCount -= 1 }
    let judgement = entry.judge.judge(reading, at: now)
    if entry.judge.isHeld { heldCount += 1 }
    guard judgement != entry.known else { return nil }
    return Command.Report(check: entry.key, status: judgement.status, output: judgement.output, isHeartbeat: false)
  }
}

extension CheckDefinition {
  /// How long a probe may take: 10 s unless something sensible is given.
  var probeTimeout: Duration { timeout > .zero ? timeout : .seconds(10) }
}

extension Probe {
  /// What is to be looked at; nil where a check does not look by itself.
  init?(_ probe: CheckDefinition.Probe) {
    switch probe {
    case .none, .ttl: return nil
    case .http(let request):
      self = .http(
        HTTPProbe(
          url: request.url, method: request.method,
          headers: request.headers.flatMap { header in header.values.map { .init(header.name, $0) } },
          body: request.body, skipsVerification: request.skipsTLSVerification))
    case .tcp(let address): self = .tcp(TCPProbe(address: address))
    case .grpc(let target, let tls): self = .grpc(GRPCProbe(target: target, usesTLS: tls))
    case .thrift(let target): self = .thrift(ThriftProbe(target: target))
    case .exec(let arguments): self = .exec(ExecProbe(arguments: arguments))
    }
  }
}
