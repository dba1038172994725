import MusterBalancing
import MusterDiscovery

@testable import MusterSharding

/// A registry and members that watch it, each with delays of its own, in simulated time by steps.
struct Cluster {
  struct Times {
    /// The longest watch delay.
    var watch: Duration
    var settling: Duration
    var ttl = Duration.seconds(3)
    /// How long a member that is cut off takes to find out, and how long it keeps its keys then.
    var notice = Duration.milliseconds(500)
    var grace = Duration.milliseconds(1_000)
    var step = Duration.milliseconds(10)

    /// How long two members may own a key, as `ShardingSettings` says; with members that are cut off or without.
    func overlap(withOutages: Bool) -> Duration {
      max(.zero, withOutages ? watch + notice + max(watch, grace) - settling : watch - settling)
    }
  }

  private struct Member {
    var sharding: Sharding
    var weight = 1
    var mail: [(at: Duration, snapshot: Snapshot)] = []
    var renewed: Duration
    var isCutOff = false
    /// When it has got a list after it was cut off.
    var upToDateAt = Duration.zero
  }

  let times: Times
  let keys = MusterShardingTests.keys(200)
  private(set) var watch = Overlaps()
  private(set) var now = Duration.zero
  private var random: SeededGenerator
  private var members: [String: Member] = [:]
  private var registered: [String: (weight: Int, expiry: Duration)] = [:]
  private var lastID = 0
  private let start = ContinuousClock.now

  init(_ times: Times, seed: UInt64) {
    self.times = times
    random = SeededGenerator(seed: seed)
  }

  /// The members that run, in order.
  var ids: [String] { members.keys.sorted() }

  mutating func step() {
    now += times.step
    renewAndExpire()
    for id in ids { deliver(to: id) }
  }

  /// A random event: mostly as if nothing; otherwise one comes, goes, dies, changes its weight, is cut off or comes back.
  mutating func disturb(withOutages: Bool) throws {
    let ids = ids
    let someone = ids.randomElement(using: &random) ?? ""
    switch Int.random(in: 0..<(withOutages ? 900 : 600), using: &random) {
    case 0...2 where members.count < 8: try add()
    case 3 where members.count > 2: leave(someone)
    case 4 where members.count > 2: remove(someone)
    case 5: reweigh(someone)
    case 600...602: cutOff(someone)
    case 603...608: reconnect(someone)
    default: break
    }
  }

  mutating func add() throws {
    lastID += 1
    let id = "m\(lastID)"
    var sharding = try Sharding(
      memberID: id, settings: ShardingSettings(settling: times.settling, unreachable: .release(after: times.grace)))
    _ = sharding.declare(keys)
    members[id] = Member(sharding: sharding, renewed: now)
    publish([id], weight: 1)
  }

  /// What was under way to it is lost; it finds out after a while. One that has just come back gets its list first, or it
  /// would not find out in time.
  private mutating func cutOff(_ id: String) {
    guard let member = members[id], !member.isCutOff, member.upToDateAt <= now else { return }
    let mail = [(at: now + times.notice, snapshot: snapshot().stale("cut off"))]
    members[id]?.isCutOff = true
    members[id]?.mail = mail
  }

  mutating func reconnect(_ id: String) {
    guard let member = members[id], member.isCutOff else { return }
    members[id]?.isCutOff = false
    members[id]?.mail = []
    members[id]?.renewed = now
    publish([id], weight: member.weight)
    let upToDateAt = now + times.watch
    members[id]?.upToDateAt = upToDateAt
  }

  /// In order: it deregisters, and ends.
  private mutating func leave(_ id: String) {
    guard members[id]?.isCutOff == false else { return }
    remove(id)
    publish([id], weight: nil)
  }

  /// As SIGKILL does it: the registry finds out by the TTL.
  private mutating func remove(_ id: String) {
    members[id] = nil
    watch.ended(id, at: now)
  }

  private mutating func reweigh(_ id: String) {
    guard members[id]?.isCutOff == false else { return }
    let weight = Int.random(in: 1...3, using: &random)
    members[id]?.weight = weight
    publish([id], weight: weight)
  }

  private mutating func renewAndExpire() {
    let expiry = now + times.ttl
    for (id, member) in members where !member.isCutOff && now >= member.renewed + times.ttl / 3 {
      members[id]?.renewed = now
      if registered[id] != nil {
        registered[id]?.expiry = expiry
      } else {
        publish([id], weight: member.weight)
      }
    }
    let expired = registered.filter { $0.value.expiry <= now }.keys
    if !expired.isEmpty { publish(Array(expired), weight: nil) }
  }

  /// Puts entries into the registry, or takes them out, and sends the new list to all who can be reached.
  private mutating func publish(_ changed: [String], weight: Int?) {
    let entry = entry(weight)
    for id in changed { registered[id] = entry }
    for id in ids where members[id]?.isCutOff == false { post(to: id) }
  }

  private func entry(_ weight: Int?) -> (weight: Int, expiry: Duration)? { weight.map { ($0, now + times.ttl) } }

  /// The list arrives after a delay of its own, and after the lists before it.
  private mutating func post(to id: String) {
    let delay = times.step * Int.random(in: 0...Int(times.watch / times.step), using: &random)
    let time = max(members[id]?.mail.last?.at ?? .zero, now + delay)
    let snapshot = snapshot()
    members[id]?.mail.append((time, snapshot))
  }

  private func snapshot() -> Snapshot { live(registered.mapValues(\.weight)) }

  private mutating func deliver(to id: String) {
    guard var member = members[id] else { return }
    let due = member.mail.filter { $0.at <= now }
    member.mail.removeAll { $0.at <= now }
    for (_, snapshot) in due {
      if let change = member.sharding.take(snapshot, at: start + now) { watch.note(change, of: id, at: now) }
    }
    if let deadline = member.sharding.deadline, deadline <= start + now,
      let change = member.sharding.advance(to: start + now)
    {
      watch.note(change, of: id, at: now)
    }
    members[id] = member
  }
}
