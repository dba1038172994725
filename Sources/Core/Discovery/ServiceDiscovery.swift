/// A registry of services, whichever it is: Muster, Consul, a file, DNS, this process.
///
/// ## What every provider promises
/// - **Names**: service names are compared byte by byte. One that breaks the rules of `Registration.service` is refused
///   with `DiscoveryError.Code.invalidArgument` before anything is sent.
/// - **Errors**: a call throws a `DiscoveryError`, or `CancellationError` when its task is cancelled. A registry that does not
///   answer is `.unavailable`, one that answers nonsense `.invalidResponse`, one that refuses `.refused`; nothing is kept
///   of such an answer.
/// - **A provider that only reads** (a static list, a file, DNS) throws `.notSupported` from `register`, `deregister` and
///   `renew`.
/// - **Healthy instances only**: passing and warning ones, each id once, in the order of their ids. A service that nobody
///   has registered has no instances; that is no error.
/// - **Concurrency**: every method may be called from any task at any time.
///
/// `Conformance` in `MusterDiscoveryConformance` holds a provider to all of it.
public protocol ServiceDiscovery: Sendable {
  /// Registers an instance, or replaces the one of the same id.
  ///
  /// With a TTL check the instance starts critical, unless the provider says otherwise, until the first `renew`.
  ///
  /// - Returns: the instance as callers will see it, with its id and address filled in.
  /// - Throws: `DiscoveryError`; when it throws `.unavailable` the registration may have arrived or not.
  @discardableResult
  func register(_ registration: Registration) async throws -> Instance

  /// Takes an instance out. One that is not there is no error: what was asked for is so.
  func deregister(_ instance: Instance) async throws

  /// Reports the health of an instance that has a TTL check, which counts its time anew.
  ///
  /// The note is for people; at most 4 KB of it are kept. `health` is anything but `.maintenance`, which is its operator's
  /// to say: that is `.invalidArgument`.
  ///
  /// - Throws: `.notRegistered` when the registry does not know the instance (any more): register it again.
  func renew(_ instance: Instance, health: Health, note: String) async throws

  /// The instances of a service that may be called now.
  func discover(_ service: String) async throws -> [Instance]

  /// The instances of a service, now and after every change.
  ///
  /// - The first snapshot is what is there now; it comes as soon as the registry has answered. When the registry can't be
  ///   reached at first, it is an empty stale one.
  /// - The newest wins: a reader that is slow misses the lists between, never the last one.
  /// - When the registry goes away, the last list comes again, marked stale, with the reason. When it is back, a live
  ///   snapshot follows, changed or not. The provider tries again by itself, with growing pauses of at most 10 s.
  /// - An answer that makes no sense counts as no answer.
  /// - A name that breaks the rules gives an empty stale snapshot that says so, and the end.
  /// - It ends when the reader's task is cancelled or lets go of the sequence; whatever it held is then given back.
  func watch(_ service: String) -> SnapshotSequence
}
