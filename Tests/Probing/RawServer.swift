import Glibc
import MusterThreading

/// A server that need not follow any protocol: it does with each connection what it is told.
final class RawServer: Sendable {
  /// What is done with a connection.
  enum Behaviour: Sendable {
    /// Sends these bytes after something was received, and closes.
    case say(String)
    /// Sends the first, and then the second for as long as it is taken.
    case flood(String, String)
    /// Takes what comes and says nothing.
    case hang
    /// Closes at once.
    case close
  }

  let port: UInt16
  var address: String { "127.0.0.1:\(port)" }
  var url: String { "http://127.0.0.1:\(port)" }

  private let listener: Int32
  private let worker: WorkerThread
  private let open: Locked<[Int32]>

  init(_ behaviour: Behaviour) throws {
    let (listener, port) = try Self.listen()
    (self.listener, self.port) = (listener, port)
    let open = Locked<[Int32]>([])
    self.open = open
    worker = try WorkerThread(name: "raw-server") {
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        if case .hang = behaviour {
          open.withLock { $0.append(connection) }
        } else {
          Self.serve(connection, behaviour)
          Glibc.close(connection)
        }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    worker.join()
    close(listener)
    for connection in open.withLock({ $0 }) { close(connection) }
  }

  /// A port that is taken by nobody.
  static func freePort() throws -> UInt16 {
    let (socket, port) = try listen()
    close(socket)
    return port
  }

  private static func listen() throws -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isReady = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(listener, generic, size) == 0 && Glibc.listen(listener, 512) == 0
          && getsockname(listener, generic, &size) == 0
      }
    }
    guard isReady else { throw NoSocket() }
    return (listener, UInt16(bigEndian: address.sin_port))
  }

  private static func serve(_ connection: Int32, _ behaviour: Behaviour) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    switch behaviour {
    case .close, .hang: return
    case .say(let text):
      _ = unsafe Glibc.read(connection, &buffer, buffer.count)
      _ = send(text, to: connection)
    case .flood(let head, let text):
      _ = unsafe Glibc.read(connection, &buffer, buffer.count)
      guard send(head, to: connection) else { return }
      while send(text, to: connection) {}
    }
  }

  private static func send(_ text: String, to connection: Int32) -> Bool {
    let bytes = Array(text.utf8)
    return unsafe Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }
}

struct NoSocket: Error {}
