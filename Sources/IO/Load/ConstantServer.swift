internal import CReferenceServer

/// What libmicrohttpd does on its own: a server of one constant response, to compare others with.
public enum ConstantServer {
  /// Serves on 127.0.0.1 until the process ends, and says `ready: http://127.0.0.1:PORT` on standard output.
  ///
  /// `GET /park` is answered after the next `GET /go`; `GET /parked` tells how many wait.
  ///
  /// - Parameters:
  ///   - port: Where it listens; 0 for any.
  ///   - bytes: The length of the response's body.
  ///   - headers: The response's headers as lines, without those that the library writes itself.
  /// - Returns: An exit status, and only when it can't start.
  public static func run(port: UInt16, bytes: Int, headers: [String]) -> Int32 {
    unsafe reference_server_run(port, max(bytes, 0), headers.joined(separator: "\n"))
  }
}
