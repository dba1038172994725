internal import Glibc

/// A TCP socket on a free port of 127.0.0.1, which its owner closes.
struct LoopbackSocket {
  let descriptor: Int32
  let port: UInt16

  /// - Parameter listening: Whether connections are accepted; otherwise the port is taken, and refuses them.
  /// - Throws: ``NoSocket`` when the system has none.
  init(listening: Bool) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isReady = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(descriptor, generic, size) == 0 && (!listening || listen(descriptor, 8) == 0)
          && getsockname(descriptor, generic, &size) == 0
      }
    }
    guard isReady else { throw NoSocket() }
    self.descriptor = descriptor
    port = UInt16(bigEndian: address.sin_port)
  }

  func close() {
    Glibc.close(descriptor)
  }
}

struct NoSocket: Error {}
