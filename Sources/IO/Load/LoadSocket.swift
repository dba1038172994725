internal import Glibc

/// A TCP connection to a server on this machine.
enum LoadSocket {
  /// Connects; the socket's sends give up after ten seconds.
  static func connect(port: UInt16) throws(LoadError) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw LoadError.last(.system, "can't open a socket") }
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    var noDelay: Int32 = 1
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let ready =
      unsafe setsockopt(
        descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size)) == 0
      && (unsafe setsockopt(
        descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))) == 0
      && (unsafe withUnsafeBytes(of: &address) { bytes in
        guard let start = bytes.baseAddress else { return -1 }
        return unsafe Glibc.connect(descriptor, start.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
      }) == 0
    guard ready else {
      let error = LoadError.last(.connectionLost, "can't connect to 127.0.0.1:\(port)")
      close(descriptor)
      throw error
    }
    return descriptor
  }

  /// Sends all of a request.
  static func send(_ request: [UInt8], on descriptor: Int32) throws(LoadError) {
    var offset = 0
    while offset < request.count {
      let sent = unsafe request[offset...].withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent >= 0 || errno == EINTR else { throw LoadError.last(.connectionLost, "can't send a request") }
      offset += max(sent, 0)
    }
  }

  /// Lets this process open as many files as it may.
  static func raiseFileLimit() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    // Where the system refuses, opening the connection that is one too many says so.
    _ = unsafe setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
  }
}
