import MusterDNS
import MusterEventLoop

@testable import MusterRegistryDNS

/// A server to forward to, which behaves as it is told by the first label of a name.
final class StubRecursor: Sendable {
  let port: UInt16
  private let thread: EventLoopThread

  init() throws {
    let (pairs, address) = try SocketPair.bind(World.free)
    port = address.port
    thread = try EventLoopThread(name: "stub") { loop throws(EventLoopError) in
      guard let udp = pairs.first?.takeUDP(), let tcp = pairs.first?.takeTCP() else { return }
      let answers = StubAnswers(loop)
      _ = try UDPSocket(loop, udp, answers)
      _ = try TCPListener(loop, tcp) { $0.start(StubStream()) }
    }
  }

  func stop() { thread.stop() }
}

private final class StubAnswers: UDPHandler {
  private let loop: EventLoop

  init(_ loop: EventLoop) {
    self.loop = loop
  }

  func received(_ packet: Span<UInt8>, from sender: SocketAddress, on socket: UDPSocket) {
    guard case .query(let query) = Query.read(packet) else { return }
    let bytes = packet.indices.map { packet[$0] }
    var reply = StubAnswers.answer(query, bytes, count: 1)
    switch String(decoding: bytes[13..<13 + Int(bytes[12])], as: UTF8.self) {
    case "silent": return
    case "long": reply[2] |= 2
    case "forged":
      // Answers to other questions, and under other numbers, come first.
      var wrong = reply
      wrong[1] ^= 1
      socket.send(wrong, to: sender)
      wrong = reply
      wrong[13] = UInt8(ascii: "F")
      socket.send(wrong, to: sender)
      socket.send(bytes, to: sender)
      socket.send([1, 2, 3], to: sender)
    default: break
    }
    socket.send(reply, to: sender)
  }

  static func answer(_ query: Query, _ packet: [UInt8], count: Int) -> [UInt8] {
    var writer = PacketWriter()
    writer.begin(
      answering: query, in: packet.span, flags: query.flags.answering(.noError, .recursionAvailable), limit: 65_535)
    for index in 0..<count {
      let name = DomainName(wire: packet[12..<12 + query.nameLength]) ?? .root
      guard let address = IPAddress(bytes: [192, 0, 2, UInt8(index % 256)]) else { continue }
      _ = writer.add(ResourceRecord(name, ttl: 60, .address(address)), to: .answer)
    }
    return writer.bytes
  }
}

private final class StubStream: TCPHandler {
  private var input: [UInt8] = []

  func connected(_ connection: TCPConnection) {}

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    for index in bytes.indices { input.append(bytes[index]) }
    let packet = Array(input.dropFirst(2))
    guard case .query(let query) = Query.read(packet.span) else { return }
    let reply = StubAnswers.answer(query, packet, count: 200)
    _ = connection.send([UInt8(reply.count >> 8), UInt8(reply.count & 0xFF)] + reply)
  }

  func drained(_ connection: TCPConnection) {}

  func ended(_ connection: TCPConnection) {}
}
