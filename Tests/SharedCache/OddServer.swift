import Glibc
import MusterThreading

/// A server that is not Redis. It serves one connection after another.
final class OddServer: Sendable {
  /// What it does once something has arrived.
  enum Behaviour: Sendable {
    /// Says it to each request.
    case say(String)
    /// Says the first, then the second again and again for as long as it is taken.
    case flood(String, String)
    /// Says a letter every now and then.
    case trickle
    case silence
    case hangUp
  }

  let port: UInt16
  private let listener: Int32
  private let worker: WorkerThread

  init(_ behaviour: Behaviour) throws {
    let (listener, port) = try Self.listen()
    (self.listener, self.port) = (listener, port)
    worker = try WorkerThread(name: "odd-server") {
      while case let connection = accept(listener, nil, nil), connection >= 0 {
        if Self.hear(connection) { Self.act(behaviour, on: connection) }
        close(connection)
      }
    }
  }

  /// The clients must have gone.
  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    worker.join()
    close(listener)
  }

  private static func act(_ behaviour: Behaviour, on connection: Int32) {
    switch behaviour {
    case .say(let text): repeat { _ = say(text, on: connection) } while hear(connection)
    case .flood(let first, let then):
      _ = say(first, on: connection)
      while say(then, on: connection) {}
    case .trickle: while say("+", on: connection) { usleep(5_000) }
    case .silence: break
    case .hangUp: return
    }
    while hear(connection) {}
  }

  /// Waits until something arrives; false at the end of the connection.
  private static func hear(_ connection: Int32) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    return unsafe recv(connection, &buffer, buffer.count, 0) > 0
  }

  private static func say(_ text: String, on connection: Int32) -> Bool {
    let bytes = Array(text.utf8)
    return unsafe send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  private struct NoSocket: Error {}

  private static func listen() throws -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = unsafe withUnsafeMutableBytes(of: &address) { bytes in
      guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
      guard unsafe bind(listener, start, length) == 0, Glibc.listen(listener, 64) == 0 else { return false }
      return unsafe getsockname(listener, start, &length) == 0
    }
    guard isListening else { throw NoSocket() }
    return (listener, UInt16(bigEndian: address.sin_port))
  }
}
