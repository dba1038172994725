public import MusterDiscovery

/// Runs a service and keeps it registered meanwhile.
///
/// `body` is started at once. When the service is ready it is registered; from then on it reports at a third of its TTL,
/// and is registered again when the registry has lost it. Then, whichever comes first:
/// - `body` returns or throws: the service is deregistered, and the result given on.
/// - SIGTERM or SIGINT: the service is deregistered, `body` goes on for the drain delay so that callers can hear of it,
///   and is then cancelled. A second signal of the kind does what it would do without this.
/// - The task is cancelled: so is `body`, at once; the service is deregistered.
/// - The registry refuses the first registration: `body` is cancelled, and the error thrown. A registry that is away is
///   no reason to end: it is tried again until it takes the registration.
///
/// ```swift
/// try await withRegistration(Registration(service: "web", port: 8080), with: try ConsulDiscovery()) {
///   try await server.run()
/// }
/// ```
///
/// - Parameters:
///   - registration: what to register.
///   - provider: where to.
///   - settings: how.
///   - isReady: asked until it says true; nil: the service is ready at once.
///   - body: the service.
/// - Returns: what `body` returns; nil when a signal came and `body` threw `CancellationError` for it.
/// - Throws: what `body` throws, and `DiscoveryError` as said above.
@discardableResult
public func withRegistration<Value: Sendable>(
  _ registration: Registration, with provider: any ServiceDiscovery, settings: LifecycleSettings = .init(),
  isReady: (@Sendable () async -> Bool)? = nil, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
  let registrar = try Registrar(registration, with: provider, settings: settings)
  return try await RegistrationScope(registrar, SignalSource(settings.signals), isReady).run(body)
}
