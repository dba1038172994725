internal import MusterCalling
internal import MusterDiscovery
internal import MusterResilience
internal import MusterThreading

/// Instances that answer, fail or dawdle as they are told, and what happened.
final class Fleet: Sendable {
  enum Behaviour: Sendable {
    case answer
    case fail(Failure)
    /// Answers only when it is cancelled.
    case hang
  }

  struct Failure: Error, Equatable { let kind: CallOutcome }

  private struct State {
    var behaviours: [String: Behaviour] = [:]
    var calls: [String] = []
    var events: [ResilienceEvent] = []
  }

  private let state = Locked(State())

  var calls: [String] { state.withLock { $0.calls } }
  var events: [ResilienceEvent] { state.withLock { $0.events } }

  func set(_ id: String, _ behaviour: Behaviour) { state.withLock { $0.behaviours[id] = behaviour } }

  func forget() { state.withLock { $0.calls = [] } }

  /// A caller of so many instances `i0`, `i1`, ….
  func caller(
    instances count: Int, clock: DiscoveryClock = DiscoveryClock(ContinuousClock()),
    _ change: (inout CallSettings) -> Void = { _ in }
  ) throws -> ServiceCaller {
    var settings = CallSettings()
    settings.backoff = .none
    change(&settings)
    let caller = try ServiceCaller("web", settings: settings, seed: 7, clock: clock) { event in
      self.state.withLock { $0.events.append(event) }
    }
    caller.update(Self.snapshot(count))
    return caller
  }

  static func snapshot(_ count: Int) -> Snapshot {
    Snapshot(
      service: "web",
      instances: (0..<count).map {
        Instance(id: "i\($0)", service: "web", endpoint: Endpoint(host: "10.0.0.1", port: 80))
      })
  }

  func call(_ caller: ServiceCaller, isIdempotent: Bool = true) async throws -> String {
    try await caller.call(isIdempotent: isIdempotent, classify: Self.classify) { try await self.answer($0) }
  }

  private static func classify(_ error: any Error) -> CallOutcome { (error as? Failure)?.kind ?? .failed }

  private func answer(_ attempt: Attempt) async throws -> String {
    let behaviour = state.withLock { state in
      state.calls.append(attempt.instance.id)
      return state.behaviours[attempt.instance.id] ?? .answer
    }
    switch behaviour {
    case .answer: return attempt.instance.id
    case .fail(let failure): throw failure
    case .hang:
      try await Task.sleep(for: .seconds(3_600))
      return attempt.instance.id
    }
  }
}
