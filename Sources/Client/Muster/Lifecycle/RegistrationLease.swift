internal import MusterDiscovery

/// What is to be done to keep an instance registered: decides everything and does nothing.
struct RegistrationLease: Sendable {
  /// A request to the registry.
  enum Request: Sendable, Equatable { case register, renew }

  /// What to do next.
  enum Step: Sendable, Equatable {
    /// Ask the registry, then call `answered`.
    case ask(Request)
    /// Wait, then call `paused`.
    case pause(Duration, then: Request)
    /// There is nothing to do any more.
    case rest
    /// The registry will never take it.
    case giveUp
  }

  /// What is worth telling.
  enum News: Sendable, Equatable { case registered, registeredAgain, unreachable, reachable, refused }

  private enum Registry { case answering, away, refusing }

  private(set) var step: Step
  private let heartbeat: Duration?
  private var wasRegistered: Bool
  /// Whether a report has arrived since the last registration.
  private var hasReported = false
  private var registry = Registry.answering
  private var retry = RetryPause()

  /// - Parameters:
  ///   - ttl: within which the registry wants a report; nil: it wants none.
  ///   - isRegistered: whether the instance is registered already.
  init(ttl: Duration?, isRegistered: Bool = false) {
    heartbeat = ttl.map { $0 / 3 }
    wasRegistered = isRegistered
    step = isRegistered ? (ttl == nil ? .rest : .ask(.renew)) : .ask(.register)
  }

  /// The pause is over.
  mutating func paused() {
    if case .pause(_, let request) = step { step = .ask(request) }
  }

  /// Takes the registry's answer to what it was asked.
  ///
  /// - Parameters:
  ///   - failure: what kind of error it was; nil if it was none.
  ///   - chance: from 0 to 1, by chance.
  /// - Returns: what is worth telling.
  mutating func answered(_ failure: DiscoveryError.Code?, chance: Double) -> [News] {
    guard case .ask(let request) = step else { return [] }
    switch failure {
    case nil: return succeeded(request)
    case .notRegistered where request == .renew: return lost(chance)
    case .unavailable, .invalidResponse:
      let pause = retry.next(chance: chance)
      step = .pause(heartbeat.map { min($0, pause) } ?? pause, then: request)
      return enter(.away)
    default:
      guard wasRegistered else {
        step = .giveUp
        return []
      }
      step = .pause(RetryPause.longest, then: request)
      return enter(.refusing)
    }
  }

  private mutating func succeeded(_ request: Request) -> [News] {
    var news = enter(.answering)
    switch request {
    case .register:
      news.append(wasRegistered ? .registeredAgain : .registered)
      wasRegistered = true
      hasReported = false
      // With a TTL it is critical until it reports.
      step = heartbeat == nil ? .rest : .ask(.renew)
      if heartbeat == nil { retry.reset() }
    case .renew:
      retry.reset()
      hasReported = true
      step = heartbeat.map { .pause($0, then: .renew) } ?? .rest
    }
    return news
  }

  /// The registry does not know it. When that comes right after it was registered, something is odd, and there is no
  /// hurry.
  private mutating func lost(_ chance: Double) -> [News] {
    step = hasReported ? .ask(.register) : .pause(retry.next(chance: chance), then: .register)
    hasReported = false
    return enter(.answering)
  }

  private mutating func enter(_ new: Registry) -> [News] {
    defer { registry = new }
    switch (registry, new) {
    case (.answering, .answering), (.away, .away), (.refusing, .refusing): return []
    case (_, .answering): return [.reachable]
    case (_, .away): return [.unreachable]
    case (_, .refusing): return [.refused]
    }
  }
}
