import MusterDiscovery
import MusterDiscoveryConformance
import MusterThreading

@testable import Muster

/// A registry in memory, a clock moved by hand, and signals that come when they are told to.
final class Scene: Sendable {
  let clock = HandClock()
  let registry: InMemoryDiscovery
  private let isAway = Locked(false)
  private let seen = Locked<[LifecycleEvent]>([])
  private let news = AsyncStream.makeStream(of: LifecycleEvent.self)
  private let signals = AsyncStream.makeStream(of: LifecycleSettings.Signal.self)

  init() {
    registry = InMemoryDiscovery(clock: clock)
  }

  var events: [LifecycleEvent] { seen.withLock { $0 } }

  func setAway(_ isAway: Bool) { self.isAway.withLock { $0 = isAway } }

  func send(_ signal: LifecycleSettings.Signal) { signals.continuation.yield(signal) }

  /// Waits for the next event; for one task.
  func event() async -> LifecycleEvent? {
    for await event in news.stream { return event }
    return nil
  }

  func scope(
    _ provider: (any ServiceDiscovery)? = nil, isReady: (@Sendable () async -> Bool)? = nil
  ) throws -> RegistrationScope {
    let settings = LifecycleSettings(onEvent: { event in
      self.seen.withLock { $0.append(event) }
      self.news.continuation.yield(event)
    })
    let registrar = try Registrar(
      Registration(service: "web", port: 80, host: "10.0.0.1"), with: provider ?? ShakyDiscovery(self),
      settings: settings, clock: clock)
    return RegistrationScope(
      registrar,
      SignalSource {
        for await signal in self.signals.stream { return signal }
        return nil
      }, isReady)
  }

  func discover() async throws -> [String] { try await registry.discover("web").map(\.id) }

  /// The registry, unless it is away.
  private struct ShakyDiscovery: ServiceDiscovery {
    let scene: Scene

    init(_ scene: Scene) {
      self.scene = scene
    }

    private func check() throws {
      try Task.checkCancellation()
      if scene.isAway.withLock({ $0 }) { throw DiscoveryError(.unavailable, "the registry is away") }
    }

    func register(_ registration: Registration) async throws -> Instance {
      try check()
      return try await scene.registry.register(registration)
    }

    func deregister(_ instance: Instance) async throws {
      try check()
      try await scene.registry.deregister(instance)
    }

    func renew(_ instance: Instance, health: Health, note: String) async throws {
      try check()
      try await scene.registry.renew(instance, health: health, note: note)
    }

    func discover(_ service: String) async throws -> [Instance] { try await scene.registry.discover(service) }

    func watch(_ service: String) -> SnapshotSequence { scene.registry.watch(service) }
  }
}
