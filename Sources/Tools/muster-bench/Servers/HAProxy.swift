internal import MusterLoad

/// HAProxy as a child on the server's processor, which carries connections as they are.
struct HAProxy {
  private let child: ChildProcess
  let port: UInt16

  /// Starts one in front of servers on this machine; nil when HAProxy is not installed.
  init?(ifInstalledFor bench: Bench, servers: [UInt16]) throws(LoadError) {
    guard let program = ProgramFolder.find("haproxy") else { return nil }
    port = try FreePort.next()
    let lines = servers.map { "  server s\($0) 127.0.0.1:\($0)" }.joined(separator: "\n")
    let configuration = try bench.folder.write(
      """
      global
        nbthread 1
        maxconn 2000
      defaults
        mode tcp
        timeout connect 5s
        timeout client 10m
        timeout server 10m
      listen calls
        bind 127.0.0.1:\(port)
        balance leastconn
      \(lines)

      """, as: "haproxy-\(port).cfg")
    child = try ChildProcess(
      [program, "-f", configuration, "-db"], processor: bench.serverProcessor, log: "\(bench.folder.path)/servers.log")
    let port = port
    try Waiting.until("HAProxy answers") { (try? ThriftLoad(port: port, connections: 1)) != nil }
  }
}
