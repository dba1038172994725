internal import MusterCalling
internal import MusterDiscovery
internal import MusterEventLoop
internal import MusterResilience
internal import MusterThreading

/// One service on one loop: its clients' connections, their calls, and the connections to its instances.
final class ThriftRelay: Relay {
  let loop: EventLoop
  let settings: ProxySettings
  let caller: ServiceCaller
  let log: ProxyLog
  let tallies: ServiceTallies
  private static let few = 4

  private(set) var isDraining = false
  private(set) var clients: [ThriftClientConnection] = []
  @LoopOwned private(set) var calls: [ProxyCall] = []
  /// For the bytes of calls.
  @LoopOwned var spare = SpareBytes()
  @LoopOwned private(set) var groups: [String: InstanceGroup] = [:]
  /// Those that have left, and whose last calls are under way.
  private(set) var leaving: [InstanceGroup] = []
  private(set) var clock: RelayClock?
  var checkedAt: UInt64 = 0
  /// How long calls, and tries that can be repeated, may take: in milliseconds, made out once.
  let callTime: UInt64
  let attemptTime: UInt64

  init(_ loop: EventLoop, _ service: SharedService) {
    self.loop = loop
    settings = service.settings
    caller = service.caller
    log = service.log
    tallies = service.tallies
    callTime = settings.calls.deadline?.wholeMilliseconds ?? .max
    attemptTime = min(settings.calls.attemptTimeout.wholeMilliseconds, callTime)
    // Not weak, which would make every use of the relay dearer: `stop` lets go of it.
    clock = RelayClock(loop) { [unowned self] in tick() }
  }

  var service: String { settings.service }
  var now: UInt64 { loop.now }

  func accept(_ connection: TCPConnection) {
    guard !isDraining, clients.count < settings.limits.connections else {
      let peer = connection.peer?.description ?? "an unknown address"
      complain("client at \(peer) was refused: \(clients.count) connections are open, as many as may be")
      return connection.close()
    }
    let client = ThriftClientConnection(self, connection)
    client.index = clients.count
    clients.append(client)
    tallies.update { $0.connections += 1 }
    client.start()
  }

  /// A call has come.
  func begin(_ head: CallHead, number: UInt64, from client: ThriftClientConnection, _ bytes: Span<UInt8>) {
    let now = ContinuousClock.now
    let isIdempotent = tallies.isIdempotent(head.name)
    let refusal: String
    do {
      try caller.begin(at: now)
      let call = ProxyCall(self, head, isIdempotent: isIdempotent, number: number, client: client)
      add(call)
      return call.begin(bytes, at: now)
    } catch {
      refusal = explain(error)
    }
    refuse(head, number, client, refusal)
  }

  private func refuse(_ head: CallHead, _ number: UInt64, _ client: ThriftClientConnection, _ reason: String) {
    let text = "\(service): \(head.name): \(reason)"
    failed(text, after: .zero)
    guard !head.isOneway else { return client.onewayEnded() }
    let answer = try? FailureAnswer.bytes(
      to: head.message, header: head.header?.header, in: head.dialect, saying: "muster proxy: \(text)")
    guard let answer else { return client.close(because: text) }
    client.deliver(number, answer.span)
  }

  private func add(_ call: ProxyCall) {
    call.index = calls.count
    calls.append(call)
    if calls.count == 1 { clock?.wake() }
  }

  func remove(_ call: ProxyCall) {
    let index = call.index
    guard calls.indices.contains(index), calls[index] === call else { return }
    let last = calls.count - 1
    if index < last {
      calls.swapAt(index, last)
      calls[index].index = index
    }
    calls.removeLast()
    if call.head.isOneway { call.client?.onewayEnded() }
  }

  func remove(_ client: ThriftClientConnection) {
    let index = client.index
    guard clients.indices.contains(index), clients[index] === client else { return }
    let last = clients.removeLast()
    if last !== client {
      last.index = index
      clients[index] = last
    }
    tallies.update { $0.connections -= 1 }
  }

  func abandon(callsOf client: ThriftClientConnection) {
    for call in calls where call.client === client { call.abandon() }
  }

  /// The connections to the instance of a try.
  func group(of attempt: SteppedCall.Try) -> InstanceGroup {
    let id = attempt.id
    // Few instances are the rule, and quicker looked through than looked up.
    if groups.count <= Self.few {
      for group in groups.values where group.id == id { return group }
    } else if let group = groups[id] {
      return group
    }
    let instance = attempt.instance
    let group = InstanceGroup(
      self, id: instance.id, endpoint: instance.endpoint, tally: tallies.tally(of: instance.id))
    groups[instance.id] = group
    return group
  }

  /// These are the instances now.
  func update(_ instances: [Instance]) {
    let endpoints = Dictionary(instances.map { ($0.id, $0.endpoint) }) { first, _ in first }
    for group in groups.values where endpoints[group.id] != group.endpoint {
      groups[group.id] = nil
      leaving.append(group)
      group.retire(at: now)
    }
  }

  /// No call should go to an instance for a while.
  func rest(_ id: String) { groups[id]?.closeIdle() }

  func dissolve(_ group: InstanceGroup) { leaving.removeAll { $0 === group } }

  /// Takes no more calls, and ends each connection after its last answer.
  func drain() {
    isDraining = true
    for client in clients { client.drain() }
    for group in groups.values { group.closeIdle() }
  }

  var isIdle: Bool { clients.isEmpty && calls.isEmpty }

  func stop() {
    clock?.stop()
    clock = nil
    for call in calls { call.abandon() }
    (clients, calls, groups, leaving) = ([], [], [:], [])
  }
}
