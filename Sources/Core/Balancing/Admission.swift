internal import Glibc
internal import MusterDiscovery

/// Who may be chosen at this moment: not those that a retry leaves out, and newcomers only now and then.
struct Admission {
  let excluded: [String]
  /// Nil when nobody is in slow start.
  let slowStart: BalancerSettings.SlowStart?
  let now: Int64

  func admits(_ member: Member, _ random: inout SeededGenerator) -> Bool {
    if excluded.contains(member.instance.id) { return false }
    guard let slowStart, let joined = member.joined else { return true }
    let share = slowStart.share(after: now &- joined)
    return share >= 1 || random.fraction() < share
  }
}

extension BalancerSettings.SlowStart {
  /// The share of its weight that an instance has so many ticks after it came.
  func share(after age: Int64) -> Double {
    let progress = max(Double(age) / Double(Ticks.of(window)), 0)
    guard progress < 1 else { return 1 }
    return max(least, aggression == 1 ? progress : pow(progress, 1 / aggression))
  }
}
