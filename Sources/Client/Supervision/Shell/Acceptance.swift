internal import Glibc

/// Whether somebody accepts connections.
enum Acceptance {
  /// Connects, and hangs up at once.
  ///
  /// - Parameters:
  ///   - host: A name or an address; all addresses of a name are tried.
  ///   - port: The port.
  ///   - patience: How long each address gets.
  /// - Returns: True when one of them accepted.
  static func isListening(host: String, port: UInt16, within patience: Duration) -> Bool {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0 else { return false }
    defer { unsafe freeaddrinfo(list) }
    var next = unsafe list
    while let entry = unsafe next {
      if unsafe accepts(entry.pointee, within: patience) { return true }
      unsafe next = entry.pointee.ai_next
    }
    return false
  }

  private static func accepts(_ address: addrinfo, within patience: Duration) -> Bool {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let socket = unsafe Glibc.socket(address.ai_family, type, 0)
    guard socket >= 0 else { return false }
    defer { close(socket) }
    if unsafe connect(socket, address.ai_addr, address.ai_addrlen) == 0 { return !isOwn(socket) }
    guard errno == EINPROGRESS else { return false }
    var event = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
    let milliseconds = Int32(clamping: patience / .milliseconds(1) < 1 ? 1 : Int(patience / .milliseconds(1)))
    guard unsafe poll(&event, 1, milliseconds) == 1 else { return false }
    var error: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return unsafe getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0 && !isOwn(socket)
  }

  /// Whether the socket is connected to itself: TCP allows that when the system picks the very port that is asked for.
  private static func isOwn(_ socket: Int32) -> Bool {
    func name(_ read: (Int32, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?) -> Int32) -> [UInt8] {
      var storage = sockaddr_storage()
      var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
      return unsafe withUnsafeMutableBytes(of: &storage) { bytes in
        guard unsafe read(socket, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size) == 0 else {
          return []
        }
        return unsafe Array(bytes.prefix(Int(size)))
      }
    }
    let own = unsafe name { unsafe getsockname($0, $1, $2) }
    let peer = unsafe name { unsafe getpeername($0, $1, $2) }
    return !own.isEmpty && own == peer
  }
}
