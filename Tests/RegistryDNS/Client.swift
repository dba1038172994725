import Glibc
import MusterDNS

/// A client with blocking sockets, as simple as they come.
final class Client {
  enum Kind { case udp, tcp }

  struct Failure: Error {}

  private let descriptor: Int32

  init(_ kind: Kind, port: UInt16, isIPv6: Bool = false) throws {
    descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32((kind == .udp ? SOCK_DGRAM : SOCK_STREAM).rawValue), 0)
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let isConnected = isIPv6 ? connectIPv6(port) : connectIPv4(port)
    guard isConnected else { throw Failure() }
  }

  deinit { close(descriptor) }

  private func connectIPv4(_ port: UInt16) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    return unsafe withUnsafePointer(to: address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(descriptor, $0, 16) == 0 }
    }
  }

  private func connectIPv6(_ port: UInt16) -> Bool {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = port.bigEndian
    address.sin6_addr = in6addr_loopback
    return unsafe withUnsafePointer(to: address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(descriptor, $0, 28) == 0 }
    }
  }

  func send(_ bytes: [UInt8]) {
    _ = unsafe Glibc.send(descriptor, bytes, bytes.count, Int32(truncatingIfNeeded: MSG_NOSIGNAL))
  }

  /// A packet, or what there is of a stream; empty at its end, nil if nothing comes.
  func receive(upTo count: Int = 65_536) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    let received = unsafe recv(descriptor, &bytes, count, 0)
    return received < 0 ? (errno == ECONNRESET ? [] : nil) : Array(bytes.prefix(received))
  }

  /// A packet of a stream, after its length.
  func receiveFrame() -> [UInt8]? {
    guard let length = receiveExactly(2) else { return nil }
    return receiveExactly(Int(length[0]) << 8 | Int(length[1]))
  }

  private func receiveExactly(_ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
      guard let more = receive(upTo: count - bytes.count), !more.isEmpty else { return nil }
      bytes += more
    }
    return bytes
  }

  /// A query's packet; for a stream, after its length.
  static func query(
    _ name: String, _ type: RecordType = .a, id: UInt16 = 1, edns: UInt16? = nil, isFramed: Bool = false
  ) -> [UInt8] {
    var writer = PacketWriter()
    writer.start(id: id, flags: .recursionDesired, questions: 1)
    writer.question(DomainName(name) ?? .root, type)
    if let edns { writer.addOption(payloadSize: edns, .noError) }
    let length = writer.bytes.count
    return (isFramed ? [UInt8(length >> 8), UInt8(length & 0xFF)] : []) + writer.bytes
  }

  /// Asks and reads the answer.
  func ask(_ name: String, _ type: RecordType = .a, id: UInt16 = 1, edns: UInt16? = nil, framed: Bool = false)
    -> Message?
  {
    send(Self.query(name, type, id: id, edns: edns, isFramed: framed))
    return (framed ? receiveFrame() : receive()).flatMap { Message($0.span) }
  }
}
