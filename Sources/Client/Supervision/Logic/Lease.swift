/// One service's place in the registry: what is asked next, and when.
///
/// At most one request is under way, so that the registry carries them out in the order they were decided on.
package struct Lease: Equatable, Sendable {
  /// What the registry can be asked.
  package enum Request: Equatable, Sendable { case register, heartbeat, deregister }

  /// What is worth telling after an answer.
  enum News: Equatable, Sendable { case registered, registeredAgain, refused(String), notDeregistered(String) }

  private enum State: Equatable {
    /// Nothing is to be done.
    case resting
    /// A request is under way.
    case asking(Request)
    /// A request is due at a time.
    case waiting(Request, until: Duration)
  }

  private enum Goal { case registered, gone }

  /// What is refused will hardly be taken a moment later.
  private static let refusedWait = Duration.seconds(30)

  private let heartbeatInterval: Duration
  private var goal = Goal.gone
  private var state = State.resting
  private var backoff = Backoff(first: .milliseconds(100), longest: .seconds(2))
  private var wasRegistered = false
  private var hasBeaten = false
  private var wasRefused = false

  /// Whether the registry may have it: a request to register may have been carried out although no answer came.
  private(set) var mayBeRegistered = false

  init(heartbeatInterval: Duration) {
    self.heartbeatInterval = heartbeatInterval
  }

  /// Whether a request is under way.
  var isAsking: Bool {
    if case .asking = state { true } else { false }
  }

  /// When `due` has something to do.
  var deadline: Duration? {
    if case .waiting(_, let until) = state { until } else { nil }
  }

  /// Wants the service registered, and kept so.
  mutating func keep() -> Request? {
    goal = .registered
    return isAsking ? nil : ask(.register)
  }

  /// Wants the service gone.
  mutating func drop() -> Request? {
    goal = .gone
    backoff.succeed()
    return isAsking ? nil : askToBeGone()
  }

  /// What is to be asked now.
  mutating func due(at now: Duration) -> Request? {
    guard case .waiting(let request, let until) = state, until <= now else { return nil }
    return ask(request)
  }

  /// Takes the answer to the request that was under way.
  mutating func answered(
    _ reply: RegistryReply, at now: Duration, using random: inout some RandomNumberGenerator
  ) -> (next: Request?, news: News?) {
    guard case .asking(let request) = state else { return (nil, nil) }
    state = .resting
    // Whoever has no such path is no registry.
    let reply = request == .register && reply == .unknown ? .refused("status 404: there is no registry") : reply
    if request == .deregister, reply == .done || reply == .unknown {
      (mayBeRegistered, hasBeaten) = (false, false)
      backoff.succeed()
      return (goal == .registered ? ask(.register) : nil, nil)
    }
    let news = news(of: reply, to: request)
    if goal == .gone, request != .deregister { return (askToBeGone(), news) }
    if goal == .registered, request == .deregister { return (ask(.register), nil) }
    switch (reply, request) {
    case (.done, .heartbeat):
      hasBeaten = true
      backoff.succeed()
      state = .waiting(.heartbeat, until: now + heartbeatInterval)
    // The check may have turned critical before: only a report turns it back.
    case (.done, _): return (ask(.heartbeat), news)
    // Forgotten. When that comes right after it was registered, something is odd, and there is no hurry.
    case (.unknown, .heartbeat) where hasBeaten:
      hasBeaten = false
      return (ask(.register), news)
    case (.unknown, .heartbeat): state = .waiting(.register, until: now + backoff.fail(using: &random))
    case (.refused, _): state = .waiting(request, until: now + Self.refusedWait)
    default: state = .waiting(request, until: now + backoff.fail(using: &random))
    }
    return (nil, news)
  }

  private mutating func news(of reply: RegistryReply, to request: Request) -> News? {
    switch (reply, request) {
    case (.done, .register):
      defer { (wasRegistered, wasRefused) = (true, false) }
      return wasRegistered ? .registeredAgain : .registered
    case (.away(let reason), .deregister), (.refused(let reason), .deregister): return .notDeregistered(reason)
    case (.refused(let reason), _):
      defer { wasRefused = true }
      return wasRefused ? nil : .refused(reason)
    default: return nil
    }
  }

  private mutating func ask(_ request: Request) -> Request {
    if request == .register { mayBeRegistered = true }
    state = .asking(request)
    return request
  }

  private mutating func askToBeGone() -> Request? {
    guard mayBeRegistered else {
      state = .resting
      return nil
    }
    return ask(.deregister)
  }
}
