import MusterDNS
import MusterDiscovery
import MusterEventLoop
import MusterThreading

/// A DNS server with SRV records that can be changed.
final class StubDNS: Sendable {
  /// How it answers.
  struct Behaviour: Sendable {
    var services: [String: [Instance]] = [:]
    var isSilent = false
    /// Answers over UDP are cut.
    var isCut = false
    /// Addresses do not come with the answer, but must be asked for.
    var hasNoAdditionals = false
    /// Wrong answers come before the right one.
    var isForged = false
    var code = ResponseCode.noError
    /// Records of a higher priority number that are there besides.
    var backups = 0
  }

  let endpoint: Endpoint
  let behaviour = Locked(Behaviour())
  private let thread: EventLoopThread

  init() throws {
    let behaviour = behaviour
    let made = Locked<UInt16>(0)
    thread = try EventLoopThread(name: "stub-dns") { loop throws(EventLoopError) in
      guard let any = SocketAddress(host: "127.0.0.1", port: 0) else { return }
      // The port that is free for connections is most likely free for packets: they are given out one after the other.
      let tcp = try BoundSocket(.tcp, any)
      let address = tcp.address
      let udp = try BoundSocket(.udp, address)
      _ = try TCPListener(loop, tcp) { $0.start(StubStream(behaviour)) }
      _ = try UDPSocket(loop, udp, StubAnswers(behaviour))
      made.withLock { $0 = address.port }
    }
    endpoint = Endpoint(host: "127.0.0.1", port: made.withLock { $0 })
  }

  deinit { thread.stop() }

  func change(_ change: (inout Behaviour) -> Void) { behaviour.withLock { change(&$0) } }

  static func answer(_ packet: [UInt8], _ behaviour: Behaviour, isUDP: Bool) -> [UInt8]? {
    guard !behaviour.isSilent, case .query(let query) = Query.read(packet.span),
      let name = DomainName(wire: packet[12..<12 + query.nameLength])
    else { return nil }
    var writer = PacketWriter()
    writer.begin(answering: query, in: packet.span, flags: query.flags.answering(behaviour.code), limit: 65_535)
    if isUDP, behaviour.isCut {
      writer.markTruncated()
      return writer.bytes
    }
    let labels = name.labels.map { String(decoding: $0, as: UTF8.self) }
    if query.type == .srv, let label = labels.first {
      add(behaviour.services[String(label.dropFirst())] ?? [], name, behaviour, &writer)
    } else if let label = labels.first, let number = UInt8(label.dropFirst(4)), query.type == .a {
      add(address: number, of: name, .answer, &writer)
    }
    return writer.bytes
  }

  private static func add(
    _ instances: [Instance], _ name: DomainName, _ behaviour: Behaviour, _ writer: inout PacketWriter
  ) {
    for (index, instance) in instances.enumerated() {
      guard let target = DomainName("host1.example") else { continue }
      let priority: UInt16 = index < instances.count - behaviour.backups ? 1 : 2
      let content = ResourceRecord.Content.service(
        priority: priority, weight: UInt16(clamping: instance.weight), port: instance.endpoint.port, target: target)
      _ = writer.add(ResourceRecord(name, ttl: 0, content), to: .answer)
    }
    guard !behaviour.hasNoAdditionals, !instances.isEmpty, let target = DomainName("HOST1.example") else { return }
    add(address: 1, of: target, .additional, &writer)
  }

  private static func add(
    address number: UInt8, of name: DomainName, _ section: PacketWriter.Section, _ writer: inout PacketWriter
  ) {
    guard let address = IPAddress(bytes: [127, 0, 0, number]) else { return }
    _ = writer.add(ResourceRecord(name, ttl: 0, .address(address)), to: section)
  }
}

private final class StubAnswers: UDPHandler {
  private let behaviour: Locked<StubDNS.Behaviour>

  init(_ behaviour: Locked<StubDNS.Behaviour>) {
    self.behaviour = behaviour
  }

  func received(_ packet: Span<UInt8>, from sender: SocketAddress, on socket: UDPSocket) {
    let bytes = packet.indices.map { packet[$0] }
    let behaviour = behaviour.withLock { $0 }
    guard let reply = StubDNS.answer(bytes, behaviour, isUDP: true) else { return }
    if behaviour.isForged {
      var wrong = StubDNS.answer(bytes, StubDNS.Behaviour(), isUDP: true) ?? []
      wrong[0] ^= 1
      for packet in [wrong, bytes, [1, 2, 3], Array(reply.dropLast())] { socket.send(packet, to: sender) }
    }
    socket.send(reply, to: sender)
  }
}

private final class StubStream: TCPHandler {
  private let behaviour: Locked<StubDNS.Behaviour>
  private var input: [UInt8] = []

  init(_ behaviour: Locked<StubDNS.Behaviour>) {
    self.behaviour = behaviour
  }

  func connected(_ connection: TCPConnection) {}

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    for index in bytes.indices { input.append(bytes[index]) }
    let reply = StubDNS.answer(Array(input.dropFirst(2)), behaviour.withLock { $0 }, isUDP: false)
    guard let reply else { return }
    _ = connection.send([UInt8(reply.count >> 8), UInt8(reply.count & 0xFF)] + reply)
  }

  func drained(_ connection: TCPConnection) {}

  func ended(_ connection: TCPConnection) {}
}
