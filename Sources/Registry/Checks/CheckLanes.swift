/// Which probes may be started: a bounded number at once, and slow targets in places of their own.
struct CheckLanes {
  typealias Instant = ContinuousClock.Instant

  enum Lane: Hashable {
    case quick, slow, command
  }

  private struct Queue {
    private var ids: [UInt64] = []
    private var head = 0

    var isEmpty: Bool { head == ids.count }

    mutating func append(_ id: UInt64) { ids.append(id) }

    mutating func removeFirst() -> UInt64 {
      defer {
        head += 1
        if head > 64, head * 2 > ids.count {
          ids.removeFirst(head)
          head = 0
        }
      }
      return ids[head]
    }

    mutating func removeAll(_ id: UInt64) {
      ids = ids[head...].filter { $0 != id }
      head = 0
    }
  }

  /// A quick probe that takes longer than this is counted as a slow one.
  static let quickTime = Duration.seconds(1)

  private let limits: CheckLimits
  private var waiting: [Lane: Queue] = [:]
  private var running: [UInt64: Lane] = [:]
  private var counts: [Lane: Int] = [:]
  /// Quick probes in the order of their starts; those that have ended are passed over.
  private var starts: [(id: UInt64, time: Instant)] = []

  init(_ limits: CheckLimits) {
    self.limits = limits
  }

  var runningCount: Int { running.count }

  mutating func enqueue(_ id: UInt64, in lane: Lane) { waiting[lane, default: Queue()].append(id) }

  /// When a place may become free without a probe having ended.
  var nextChange: Instant? {
    waiting[.quick]?.isEmpty ?? true ? nil : starts.first.map { $0.time + Self.quickTime }
  }

  /// The probes that may be started now.
  mutating func takeStarts(at now: Instant) -> [UInt64] {
    demote(at: now)
    var taken: [UInt64] = []
    for (lane, limit) in [(Lane.quick, limits.quick), (.slow, limits.slow), (.command, limits.commands)] {
      while waiting[lane]?.isEmpty == false, counts[lane, default: 0] < limit, running.count < limits.total {
        guard let id = waiting[lane]?.removeFirst() else { break }
        running[id] = lane
        counts[lane, default: 0] += 1
        if lane == .quick { starts.append((id, now)) }
        taken.append(id)
      }
    }
    return taken
  }

  /// Frees the place of a probe that has ended, or of a check that is no more.
  mutating func remove(_ id: UInt64, isWaiting: Bool) {
    if let lane = running.removeValue(forKey: id) {
      counts[lane, default: 0] -= 1
    } else if isWaiting {
      for lane in [Lane.quick, .slow, .command] { waiting[lane]?.removeAll(id) }
    }
  }

  private mutating func demote(at now: Instant) {
    let old = starts.prefix { running[$0.id] != .quick || now - $0.time >= Self.quickTime }
    for start in old where running[start.id] == .quick {
      running[start.id] = .slow
      counts[.quick, default: 0] -= 1
      counts[.slow, default: 0] += 1
    }
    starts.removeFirst(old.count)
  }
}
