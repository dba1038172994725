internal import Glibc

/// A server on a port of its own that answers each connection with bytes that were written beforehand.
///
/// It takes the given number of connections, one after the other, and keeps what it was sent.
final class CannedServer {
  let port: UInt16
  private let script: Script
  private var thread = pthread_t()
  private var isFinished = false

  var url: String { "http://127.0.0.1:\(port)" }

  /// - Parameters:
  ///   - answers: What to send to each connection after the head of its request; nil sends nothing and waits until the
  ///     client hangs up.
  ///   - onRequest: Called on the server's thread after each request, before it is answered.
  /// - Throws: ``NoSocket`` or ``NoThread`` when the system has none for it.
  init(_ answers: [String?], onRequest: @escaping @Sendable () -> Void = {}) throws {
    let listener = try LoopbackSocket(listening: true)
    port = listener.port
    script = Script(listener: listener, answers: answers, onRequest: onRequest)
    let context = unsafe Unmanaged.passRetained(script).toOpaque()
    let started = unsafe pthread_create(&thread, nil, { unsafe serve($0) }, context)
    guard started == 0 else { throw NoThread() }
  }

  /// Waits until all answers are given, and returns the requests.
  func finish() -> [String] {
    pthread_join(thread, nil)
    isFinished = true
    return script.requests
  }

  deinit {
    if !isFinished { pthread_detach(thread) }
  }
}

struct NoThread: Error {}

/// Used by the server's thread until it ends, then by the test.
private final class Script: @unchecked Sendable {
  let listener: LoopbackSocket
  let answers: [String?]
  let onRequest: @Sendable () -> Void
  var requests: [String] = []

  init(listener: LoopbackSocket, answers: [String?], onRequest: @escaping @Sendable () -> Void) {
    self.listener = listener
    self.answers = answers
    self.onRequest = onRequest
  }

  func run() {
    for answer in answers {
      let connection = accept(listener.descriptor, nil, nil)
      requests.append(receive(connection, until: isComplete))
      onRequest()
      if let answer {
        send(answer, to: connection)
      } else {
        _ = receive(connection) { _ in false }
      }
      close(connection)
    }
    listener.close()
  }

  /// Whether head and body are there: closing a connection with something unread would take the answer away too.
  private func isComplete(_ request: String) -> Bool {
    guard let end = request.firstRange(of: "\r\n\r\n") else { return false }
    let length = request.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
    return request[end.upperBound...].utf8.count >= length.flatMap { Int($0.dropFirst(16)) } ?? 0
  }

  /// Reads until `isComplete`, or until the client hangs up.
  private func receive(_ connection: Int32, until isComplete: (String) -> Bool) -> String {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 65536)
    while !isComplete(text) {
      let count = unsafe read(connection, &buffer, buffer.count)
      guard count > 0 else { break }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
    return text
  }

  private func send(_ text: String, to connection: Int32) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes[sent...].withUnsafeBytes {
        unsafe Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      // The client may have had enough, which is what some tests are about.
      guard count > 0 else { return }
      sent += count
    }
  }
}

private func serve(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  unsafe Unmanaged<Script>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
