internal import MusterEngine

/// Takes over those settings that can change while the server runs: how much is logged, and how much history is kept.
final class Reloader: Sendable {
  private let load: RegistryServer.Load
  private let registry: Registry
  private let log: Log

  init(load: @escaping RegistryServer.Load, registry: Registry, log: Log) {
    self.load = load
    self.registry = registry
    self.log = log
  }

  /// Says what is wrong with the settings, or nil; a setting that is wrong leaves all as they were.
  @Sendable func reload() -> String? {
    do {
      let settings = try load()
      try settings.verify()
      log.setLevel(settings.logLevel)
      registry.setHistoryBounds(settings.history)
      log.log(.info, "read the configuration again: log-level, history-count and history-age are taken over")
      return nil
    } catch {
      log.log(.error, "the configuration was not taken over: \(error.message)")
      return error.message
    }
  }
}
