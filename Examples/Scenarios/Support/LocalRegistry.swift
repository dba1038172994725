internal import MusterServer

/// A registry in this process, over HTTP like any other, that keeps nothing.
package final class LocalRegistry: Sendable {
  private let server: RegistryServer

  /// Starts it on a free port.
  package init() throws {
    server = try RegistryServer(version: "example") { () throws(ServerError) in
      var settings = ServerSettings()
      settings.httpPort = 0
      settings.dns = nil
      settings.store = .memory
      settings.node = "example"
      settings.logLevel = .error
      return settings
    }
  }

  /// Where it is.
  package var url: String { server.url }

  /// Ends it.
  package func stop() { server.stop() }
}
