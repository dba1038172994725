internal import MusterLoad

/// `muster proxy` as a child on the server's processor, with the registry that it follows.
struct MusterProxy {
  let child: ChildProcess
  let port: UInt16
  private let registry: RegistryServer

  /// Starts both, for servers on this machine.
  init(_ bench: Bench, servers: [UInt16]) throws(LoadError) {
    registry = try RegistryServer(bench, data: "thrift-\(servers.first ?? 0)")
    try registry.send(servers.map(Self.registration))
    let command = [
      "\(bench.programs)/muster", "proxy", "calls", "--listen", "127.0.0.1:0", "--server", "127.0.0.1:\(registry.port)",
      "--max-connections", "100000", "--keep", "100000", "--log-level", "warning",
    ]
    child = try ChildProcess(command, processor: bench.serverProcessor, log: "\(bench.folder.path)/servers.log")
    let line = try child.line(with: "ready: calls at 127.0.0.1:")
    guard let port = line.split(separator: ":").last.flatMap({ UInt16($0) }) else {
      throw LoadError(.process, "the proxy did not tell its port: \(line)")
    }
    self.port = port
  }

  private static func registration(_ port: UInt16) -> [UInt8] {
    let body = #"{"Name":"calls","ID":"calls-\#(port)","Address":"127.0.0.1","Port":\#(port)}"#
    let head = "PUT /v1/agent/service/register HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
    return Array((head + body).utf8)
  }
}
