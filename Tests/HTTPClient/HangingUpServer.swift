internal import Glibc

/// A server on a port of its own that answers requests for `/kept` and keeps the connection; it reads any other request to
/// its end, and hangs up without a byte of answer.
///
/// It takes one connection after another until it is finished.
final class HangingUpServer {
  let url: String
  private let script: Script
  private var thread = pthread_t()

  /// - Parameters:
  ///   - resets: Whether it hangs up with a reset, rather than with the end of the stream.
  ///   - closesPort: Whether its port refuses connections from its first hanging up on.
  /// - Throws: ``NoSocket`` or ``NoThread`` when the system has none for it.
  init(resets: Bool = false, closesPort: Bool = false) throws {
    let listener = try LoopbackSocket(listening: true)
    url = "http://127.0.0.1:\(listener.port)"
    script = Script(listener: listener, resets: resets, closesPort: closesPort)
    let context = unsafe Unmanaged.passRetained(script).toOpaque()
    let started = unsafe pthread_create(&thread, nil, { unsafe serve($0) }, context)
    guard started == 0 else { throw NoThread() }
  }

  /// Waits until it has read all that was sent, and returns the first line of each request.
  ///
  /// The clients must have let go of their connections.
  func finish() -> [String] {
    shutdown(script.listener.descriptor, Int32(SHUT_RDWR))
    pthread_join(thread, nil)
    script.listener.close()
    return script.requests
  }
}

/// Used by the server's thread until it ends, then by the test.
private final class Script: @unchecked Sendable {
  let listener: LoopbackSocket
  let resets: Bool
  let closesPort: Bool
  var requests: [String] = []

  init(listener: LoopbackSocket, resets: Bool, closesPort: Bool) {
    self.listener = listener
    self.resets = resets
    self.closesPort = closesPort
  }

  func run() {
    while true {
      let connection = accept(listener.descriptor, nil, nil)
      guard connection >= 0 else { return }
      serve(connection)
      close(connection)
    }
  }

  private func serve(_ connection: Int32) {
    while let line = receive(connection) {
      requests.append(line)
      guard line.contains(" /kept ") else { return hangUp(connection) }
      let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8)
      _ = unsafe send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
    }
  }

  private func hangUp(_ connection: Int32) {
    if closesPort { shutdown(listener.descriptor, Int32(SHUT_RDWR)) }
    guard resets else { return }
    var abrupt = linger(l_onoff: 1, l_linger: 0)
    _ = unsafe setsockopt(connection, SOL_SOCKET, SO_LINGER, &abrupt, socklen_t(MemoryLayout<linger>.size))
  }

  /// Reads a request with its body, and returns its first line; nil at the end of the connection.
  private func receive(_ connection: Int32) -> String? {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 65536)
    while !isComplete(text) {
      let count = unsafe read(connection, &buffer, buffer.count)
      guard count > 0 else { return text.isEmpty ? nil : text }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
    return text.split(separator: "\r\n").first.map(String.init)
  }

  private func isComplete(_ request: String) -> Bool {
    guard let end = request.firstRange(of: "\r\n\r\n") else { return false }
    let length = request.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
    return request[end.upperBound...].utf8.count >= length.flatMap { Int($0.dropFirst(16)) } ?? 0
  }
}

private func serve(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  unsafe Unmanaged<Script>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
