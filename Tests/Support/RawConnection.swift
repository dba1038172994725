internal import Glibc

/// A TCP connection to the loopback address that sends whatever it is told to, HTTP or not.
public final class RawConnection {
  private let socket: Int32

  /// Connects; reading gives up after `patience`. `room` is what the system keeps of what is not read, in bytes.
  ///
  /// - Throws: `SystemCallError` when there is nobody.
  public init(port: UInt16, patience: Duration = .seconds(600), room: Int32? = nil) throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { throw SystemCallError(what: "socket", number: errno) }
    self.socket = socket
    var timeout = timeval(tv_sec: Int(patience.components.seconds), tv_usec: 0)
    _ = unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    if var room { _ = unsafe setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &room, socklen_t(MemoryLayout<Int32>.size)) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK_BIG
    let result = unsafe withUnsafeBytes(of: address) { bytes -> Int32 in
      guard let start = bytes.baseAddress else { return -1 }
      return unsafe connect(socket, start.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
    guard result == 0 else { throw SystemCallError(what: "connect", number: errno) }
  }

  deinit { close(socket) }

  /// Sends as much as the server takes; false when it has closed the connection.
  @discardableResult
  public func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let chunk = Array(rest.prefix(65_536))
      let sent = unsafe Glibc.send(socket, chunk, chunk.count, Int32(MSG_NOSIGNAL))
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  /// Sends text as UTF-8.
  @discardableResult
  public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Says that nothing more will be sent.
  public func finish() { shutdown(socket, Int32(SHUT_WR)) }

  /// Everything until the server closes, or patience ends.
  public func readAll() -> [UInt8] {
    var all: [UInt8] = []
    while let chunk = read() { all += chunk }
    return all
  }

  /// What comes next; nil when the server has closed, or patience ends.
  public func read() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe recv(socket, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer[..<count]) : nil
  }
}

/// 127.0.0.1 as the network writes it.
private let INADDR_LOOPBACK_BIG = UInt32(0x7F00_0001).bigEndian

/// What the system refused.
public struct SystemCallError: Error {
  /// The call that failed.
  public let what: String
  /// The system's number.
  public let number: Int32
}
