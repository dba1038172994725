internal import MusterThreading

/// What is counted for a service, by all of its loops.
final class ServiceTallies: Sendable {
  /// The numbers.
  struct Numbers: Sendable {
    var connections = 0
    var calls: UInt64 = 0
    var failures: UInt64 = 0
    var retries: UInt64 = 0
    var hedges: UInt64 = 0
    /// Connections that ended because of what came over them.
    var faults: UInt64 = 0
    var ejections: UInt64 = 0
    var opened: UInt64 = 0
    var latency = LatencyCounts()
    var registryTrouble: String?

    mutating func answered(after time: Duration) {
      calls &+= 1
      latency.add(time)
    }

    mutating func failed(after time: Duration) {
      failures &+= 1
      answered(after: time)
    }
  }

  private let numbers = Locked(Numbers())
  private let instances = Locked<[String: Locked<InstanceTally>]>([:])
  private let patterns: [MethodPattern]
  private let known = Locked<[String: Bool]>([:])
  /// Methods whose answer to that question is remembered: more than an interface has.
  private static let mostKnown = 1_000

  init(_ patterns: [MethodPattern]) {
    self.patterns = patterns
  }

  func update(_ change: (inout Numbers) -> Void) { numbers.withLock { change(&$0) } }

  func read<Value: Sendable>(_ get: (Numbers) -> Value) -> Value { numbers.withLock { get($0) } }

  /// The tally of an instance, which stays as long as the instance does.
  func tally(of id: String) -> Locked<InstanceTally> {
    instances.withLock { instances in
      if let tally = instances[id] { return tally }
      let tally = Locked(InstanceTally())
      instances[id] = tally
      return tally
    }
  }

  /// Only these instances are told about from now on.
  func keep(_ ids: Set<String>) { instances.withLock { $0 = $0.filter { ids.contains($0.key) } } }

  /// What is known of each instance, by id.
  var byInstance: [(id: String, tally: InstanceTally)] {
    instances.withLock { $0 }.map { ($0.key, $0.value.withLock { $0 }) }.sorted { $0.0 < $1.0 }
  }

  /// Whether a method may be carried out twice.
  func isIdempotent(_ name: String) -> Bool {
    guard !patterns.isEmpty else { return false }
    return known.withLock { known in
      if let answer = known[name] { return answer }
      let answer = patterns.contains { $0.matches(name) }
      if known.count < Self.mostKnown { known[name] = answer }
      return answer
    }
  }
}
