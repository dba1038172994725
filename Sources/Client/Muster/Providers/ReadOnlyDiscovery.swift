public import MusterDiscovery

/// A provider that finds instances and has nowhere to register them.
public protocol ReadOnlyDiscovery: ServiceDiscovery {}

extension ReadOnlyDiscovery {
  /// Always throws `.notSupported`.
  @discardableResult
  public func register(_ registration: Registration) async throws -> Instance { throw Self.isReadOnly }

  /// Always throws `.notSupported`.
  public func deregister(_ instance: Instance) async throws { throw Self.isReadOnly }

  /// Always throws `.notSupported`.
  public func renew(_ instance: Instance, health: Health, note: String) async throws { throw Self.isReadOnly }

  private static var isReadOnly: DiscoveryError {
    DiscoveryError(.notSupported, "\(Self.self) only finds instances: register them with another provider")
  }
}
