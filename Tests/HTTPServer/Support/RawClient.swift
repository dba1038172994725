internal import Glibc

/// A client that sends exactly the bytes it is told to.
final class RawClient {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let socket: Int32
  private var received: [UInt8] = []

  /// Connects to a port of the loopback address; reads give up after ten seconds.
  init(port: UInt16) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    _ = unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = unsafe withUnsafeBytes(of: address) { bytes -> Int32 in
      guard let start = bytes.baseAddress else { return -1 }
      return unsafe connect(socket, start.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
    guard result == 0 else { throw Failure(description: "can't connect: \(errno)") }
  }

  deinit {
    close(socket)
  }

  /// Sends all bytes; false if the server has closed the connection.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool {
    send(Array(text.utf8))
  }

  /// Sends a request without a body and reads the answer.
  func get(_ target: String, headers: String = "") throws -> RawResponse {
    send("GET \(target) HTTP/1.1\r\nHost: a\r\n\(headers)\r\n")
    return try response()
  }

  /// Says that nothing more will be sent.
  func finishSending() {
    shutdown(socket, Int32(SHUT_WR))
  }

  /// Closes with a reset instead of a goodbye.
  func resetOnClose() {
    var option = linger(l_onoff: 1, l_linger: 0)
    _ = unsafe setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Reads one response; of one to HEAD only the header.
  func response(toHead: Bool = false) throws -> RawResponse {
    var response = try RawResponse(header: try line(endingWith: [13, 10, 13, 10]))
    if toHead || response.status == 204 { return response }
    if response.header("transfer-encoding") == "chunked" {
      while let chunk = try chunk() { response.body += chunk }
    } else {
      response.body = try take(response.header("content-length").flatMap { Int($0) } ?? 0)
    }
    return response
  }

  /// Reads a response's header only.
  func responseHeader() throws -> RawResponse {
    try RawResponse(header: try line(endingWith: [13, 10, 13, 10]))
  }

  /// Reads a chunk of a chunked body; nil for the last one.
  func chunk() throws -> [UInt8]? {
    let size = String(decoding: try line(endingWith: [13, 10]).dropLast(2), as: UTF8.self)
    guard let count = Int(size, radix: 16) else { throw Failure(description: "not a chunk size: \(size)") }
    let bytes = try take(count)
    _ = try take(2)
    return bytes.isEmpty ? nil : bytes
  }

  /// Whether the server closes the connection, after whatever it still sends, within the reads' patience.
  func isClosedByServer() -> Bool {
    while true {
      switch fill() {
      case .some(0): return true
      case .none: return errno == ECONNRESET
      default: continue
      }
    }
  }

  private func line(endingWith end: [UInt8]) throws -> [UInt8] {
    while true {
      if let index = received.firstIndex(of: end) { return try take(index + end.count) }
      try need()
    }
  }

  private func take(_ count: Int) throws -> [UInt8] {
    while received.count < count { try need() }
    defer { received.removeFirst(count) }
    return Array(received.prefix(count))
  }

  private func need() throws {
    guard let count = fill(), count > 0 else {
      let text = String(decoding: received, as: UTF8.self)
      throw Failure(description: "the connection ended (errno \(errno)) after '\(text)'")
    }
  }

  /// Reads some bytes; 0 at the end, nil for an error.
  private func fill() -> Int? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe recv(socket, &buffer, buffer.count, 0)
    guard count >= 0 else { return nil }
    received += buffer.prefix(count)
    return count
  }
}

extension [UInt8] {
  fileprivate func firstIndex(of pattern: [UInt8]) -> Int? {
    guard count >= pattern.count else { return nil }
    return (0...(count - pattern.count)).first { self[$0..<($0 + pattern.count)].elementsEqual(pattern) }
  }
}
