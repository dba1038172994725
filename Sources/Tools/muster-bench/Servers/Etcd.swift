internal import MusterLoad

/// etcd as a child on the server's processor: what a durable write costs elsewhere.
final class Etcd {
  private let child: ChildProcess
  private let port: UInt16
  /// The number of the next key.
  private var next = 0

  /// Starts one; nil when etcd is not installed.
  init?(ifInstalledFor bench: Bench) throws(LoadError) {
    guard let program = ProgramFolder.find("etcd") else { return nil }
    let (client, peer) = (try FreePort.next(), try FreePort.next())
    let (clientURL, peerURL) = ("http://127.0.0.1:\(client)", "http://127.0.0.1:\(peer)")
    child = try ChildProcess(
      [
        program, "--data-dir", "\(bench.folder.path)/etcd", "--listen-client-urls", clientURL,
        "--advertise-client-urls", clientURL, "--listen-peer-urls", peerURL, "--initial-advertise-peer-urls", peerURL,
        "--initial-cluster", "default=\(peerURL)", "--log-level", "error",
      ], processor: bench.serverProcessor, log: "\(bench.folder.path)/servers.log")
    port = client
    let control = try Control(port: client)
    try Waiting.until("etcd answers", within: 20) { () throws(LoadError) in
      do throws(LoadError) { return try control.get("/health").text.contains("true") } catch { return false }
    }
  }

  /// Puts of new keys a second, each with a value of 348 bytes, over etcd's JSON gateway.
  func putRate(seconds: Double) throws(LoadError) -> Double {
    var client = try LoadClient(port: port, connections: 64)
    let first = next
    let result = try client.run(.after(seconds: seconds)) { Self.put.bytes(first + $0) }
    next += result.answers + client.connections
    return result.rate
  }

  /// Both are base64: the digits are a part of the key.
  private static let put = RequestTemplate(
    "POST", "/v3/kv/put",
    body: #"{"key":"bXVzdGVyL2luc3RhbmNlL3dlYi0wA\#(RequestTemplate.number)","value":"\#(value)"}"#)
  private static let value = String(repeating: "bXVzdGVy", count: 58)
}
