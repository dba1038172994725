internal import MusterTiming

/// Holds a check that changes between healthy and critical too often, until it has been calm for a while.
struct FlapDamper {
  typealias Instant = ContinuousClock.Instant

  private enum State {
    /// The times of the latest changes.
    case free([Instant])
    case holding(lastChange: Instant)
  }

  var isHolding: Bool { if case .holding = state { true } else { false } }

  /// What a held check's output says; the same as long as it is held.
  let note: String

  private let settings: FlapDamping
  private let window: Duration
  private let calm: Duration
  private var wasHealthy: Bool?
  private var state = State.free([])

  init(_ settings: FlapDamping, interval: Duration) {
    self.settings = settings
    window = interval * settings.intervals
    calm = max(settings.calm, interval * 3)
    note =
      "held critical: it changed between healthy and critical more than \(settings.changes) times within "
      + "\(window.goText), and is let go once it has stayed the same for \(calm.goText)"
  }

  /// Takes the status that is due; returns what to say in its place, nil where it stands.
  mutating func take(isHealthy: Bool, at now: Instant) -> String? {
    let hasChanged = wasHealthy.map { $0 != isHealthy } ?? false
    wasHealthy = isHealthy
    switch state {
    case .free(let changes):
      guard hasChanged else { return nil }
      let recent = changes.filter { now - $0 < window } + [now]
      state = recent.count > settings.changes ? .holding(lastChange: now) : .free(recent)
    case .holding(let lastChange):
      if hasChanged {
        state = .holding(lastChange: now)
      } else if now - lastChange >= calm {
        state = .free([])
      }
    }
    return isHolding ? note : nil
  }
}
