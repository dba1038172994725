internal import MusterHTTPServer

/// Serves a proxy's metrics over HTTP, at `/metrics`.
public final class ProxyMetricsServer: Sendable {
  private let server: HTTPServer

  private struct Handler: HTTPHandler {
    let proxy: Proxy

    func handle(_ request: HTTPRequest) -> HTTPReply {
      guard request.path == "/metrics" else { return .now(HTTPResponse(status: 404, text: "only /metrics is here\n")) }
      guard request.method == "GET" || request.method == "HEAD" else {
        return .now(HTTPResponse(status: 405, text: "GET it\n"))
      }
      let type = ("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
      return .now(HTTPResponse(status: 200, headers: [type], body: Array(proxy.metrics.utf8)))
    }
  }

  /// Serves from now on.
  ///
  /// - Throws: `ProxyError` if the address can't be listened on.
  public init(
    _ proxy: Proxy, host: String, port: UInt16, log: @escaping @Sendable (ProxyLogLevel, String) -> Void
  ) throws(ProxyError) {
    do {
      server = try HTTPServer(
        configuration: HTTPServerConfiguration(host: host, port: port), handler: Handler(proxy: proxy)
      ) { log(.info, "metrics: \($0)") }
    } catch {
      throw ProxyError(.cannotListen, "the metrics: \(error.message)")
    }
  }

  /// Where it listens.
  public var address: String { "\(server.address.host):\(server.address.port)" }

  /// Ends it.
  public func stop() { server.stop() }
}
