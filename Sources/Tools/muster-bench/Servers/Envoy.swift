internal import MusterLoad

/// Envoy's Thrift proxy as a child on the server's processor.
struct Envoy {
  private let child: ChildProcess
  let port: UInt16

  /// Starts one in front of servers on this machine; nil when Envoy is not installed.
  init?(ifInstalledFor bench: Bench, servers: [UInt16]) throws(LoadError) {
    guard let program = ProgramFolder.find("envoy") else { return nil }
    port = try FreePort.next()
    let endpoints = servers.map {
      "              - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: \($0)}}}"
    }.joined(separator: "\n")
    let prefix = "type.googleapis.com/envoy.extensions.filters.network.thrift_proxy"
    let configuration = try bench.folder.write(
      """
      static_resources:
        listeners:
        - address: {socket_address: {address: 127.0.0.1, port_value: \(port)}}
          filter_chains:
          - filters:
            - name: envoy.filters.network.thrift_proxy
              typed_config:
                "@type": \(prefix).v3.ThriftProxy
                stat_prefix: calls
                transport: FRAMED
                protocol: BINARY
                route_config:
                  name: all
                  routes:
                  - match: {method_name: ""}
                    route: {cluster: servers}
                thrift_filters:
                - name: envoy.filters.thrift.router
                  typed_config: {"@type": \(prefix).router.v3.Router}
        clusters:
        - name: servers
          type: STATIC
          connect_timeout: 1s
          lb_policy: LEAST_REQUEST
          load_assignment:
            cluster_name: servers
            endpoints:
            - lb_endpoints:
      \(endpoints)

      """, as: "envoy-\(port).yaml")
    child = try ChildProcess(
      [program, "-c", configuration, "--concurrency", "1", "--disable-hot-restart", "-l", "error"],
      processor: bench.serverProcessor, log: "\(bench.folder.path)/servers.log")
    let port = port
    try Waiting.until("Envoy answers") { (try? ThriftLoad(port: port, connections: 1)) != nil }
  }
}
