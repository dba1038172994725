internal import Glibc
internal import MusterDiscovery

/// Who may be chosen at this moment: not those that a retry leaves out, and newcomers only now and then.
struct Admission {
  let excluded: [String]
  /// Nil when nobody is in slow start.
  let slowStart: BalancerSettings.SlowStart?
  let now: ContinuousClock.Instant

  /// Whether everybody may be chosen.
  @inline(__always)
  var isOpen: Bool { excluded.isEmpty && slowStart == nil }

  func admits(_ member: Member, _ random: inout SeededGenerator) -> Bool {
    if excluded.contains(member.instance.id) { return false }
    guard let slowStart, let joined = member.joined else { return true }
    let share = slowStart.share(after: joined.duration(to: now))
    return share >= 1 || random.fraction() < share
  }
}

extension BalancerSettings.SlowStart {
  /// The share of its weight that an instance has so long after it came.
  func share(after age: Duration) -> Double {
    guard age < window else { return 1 }
    let progress = max(age / window, 0)
    return max(least, aggression == 1 ? progress : pow(progress, 1 / aggression))
  }
}
