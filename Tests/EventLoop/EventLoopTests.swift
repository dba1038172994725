import MusterEventLoop
import MusterThreading
import Testing

@Suite("Event loops")
struct EventLoopTests {
  @Test("what fails while setting up is thrown, and leaves nothing behind")
  func failure() {
    let error = #expect(throws: EventLoopError.self) {
      _ = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
        LoopTimer(loop) {}.start(after: .seconds(100))
        throw EventLoopError(.system, "on purpose")
      }
    }
    #expect(error?.message == "on purpose")
  }

  @Test("timers call after their time, in order, and again when they are to")
  func timers() throws {
    let calls = Mailbox<String>(capacity: 100)
    let thread = try EventLoopThread(name: "test") { loop in
      LoopTimer(loop) { calls.push("late") }.start(after: .milliseconds(30))
      LoopTimer(loop) { calls.push("early") }.start(after: .milliseconds(10))
      let stopped = LoopTimer(loop) { calls.push("never") }
      stopped.start(after: .milliseconds(5))
      stopped.stop()
      LoopTimer(loop) { calls.push("again") }.start(after: .milliseconds(40), every: .milliseconds(1))
    }
    let made = calls.collect(4)
    thread.stop()
    #expect(made.prefix(4) == ["early", "late", "again", "again"])
  }

  @Test("stopping closes what is open, twice as well as once")
  func stop() throws {
    let thread = try EventLoopThread(name: "test") { loop in
      for _ in 0..<100 { LoopTimer(loop) {}.start(after: .seconds(1_000)) }
    }
    thread.stop()
    thread.stop()
  }

  @Test("packets arrive from where they were sent, in both families", arguments: ["127.0.0.1", "::1"])
  func packets(host: String) throws {
    let any = try #require(SocketAddress(host: host, port: 0))
    let received = Mailbox<[UInt8]>(capacity: 1_000)
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
      let server = try BoundSocket(.udp, any)
      let address = server.address
      _ = try UDPSocket(loop, server, Echo())
      let client = try UDPSocket(loop, BoundSocket(.udp, any), Sink(received))
      for index in 0..<UInt8(100) { client.send([UInt8](repeating: index, count: Int(index) * 20), to: address) }
    }
    let packets = received.collect(100)
    thread.stop()
    #expect(packets == (0..<UInt8(100)).map { [UInt8](repeating: $0, count: Int($0) * 20) })
  }

  @Test("a stream carries more than the system's buffers hold, in both directions")
  func streams() throws {
    let any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
    let total = Mailbox<Int>(capacity: 1)
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
      let socket = try BoundSocket(.tcp, any)
      let address = socket.address
      _ = try TCPListener(loop, socket) { $0.start(StreamEcho()) }
      _ = TCPConnection(loop, to: address, BigSender(total))
    }
    defer { thread.stop() }
    #expect(total.takeAll(upTo: 1, until: .now + .seconds(20)) == [BigSender.size])
  }

  @Test("a connection that is refused ends")
  func refused() throws {
    let any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
    let total = Mailbox<Int>(capacity: 1)
    // Bound, but not listened on.
    let port = try BoundSocket(.udp, any).address.port
    let address = try #require(SocketAddress(host: "127.0.0.1", port: port))
    let thread = try EventLoopThread(name: "test") { loop in
      _ = TCPConnection(loop, to: address, BigSender(total))
    }
    defer { thread.stop() }
    #expect(total.takeAll(upTo: 1, until: .now + .seconds(20)) == [-1])
  }

  @Test(
    "an address is read and written",
    arguments: [("127.0.0.1", "127.0.0.1:53"), ("::1", "[::1]:53"), ("localhost", "127.0.0.1:53")])
  func address(host: String, text: String) {
    let address = SocketAddress(host: host, port: 53)
    #expect(address?.description == text)
    #expect(address?.port == 53)
    #expect(address == SocketAddress(host: host, port: 53))
    #expect(address != SocketAddress(host: host, port: 54))
    #expect(SocketAddress(host: "example.com", port: 1) == nil)
    #expect(SocketAddress(host: "::", port: 1)?.isWildcard == true)
    #expect(SocketAddress(host: "0.0.0.0", port: 1)?.isWildcard == true)
    #expect(address?.isWildcard == false)
  }
}

private final class Echo: UDPHandler {
  func received(_ packet: Span<UInt8>, from sender: SocketAddress, on socket: UDPSocket) {
    socket.send(packet.indices.map { packet[$0] }, to: sender)
  }
}

private final class Sink: UDPHandler {
  private let received: Mailbox<[UInt8]>

  init(_ received: Mailbox<[UInt8]>) {
    self.received = received
  }

  func received(_ packet: Span<UInt8>, from sender: SocketAddress, on socket: UDPSocket) {
    received.push(packet.indices.map { packet[$0] })
  }
}

/// Sends back what arrives, and takes nothing more while that can't leave.
private final class StreamEcho: TCPHandler {
  func connected(_ connection: TCPConnection) {}

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    if !connection.send([UInt8](repeating: bytes[0], count: bytes.count)) { connection.pause() }
  }

  func drained(_ connection: TCPConnection) { connection.resume() }

  func ended(_ connection: TCPConnection) {}
}

/// Sends a lot, and says how much came back; -1 if the connection ended before.
private final class BigSender: TCPHandler {
  static let size = 8 << 20
  private let total: Mailbox<Int>
  private var received = 0

  init(_ total: Mailbox<Int>) {
    self.total = total
  }

  func connected(_ connection: TCPConnection) {
    _ = connection.send([UInt8](repeating: 7, count: Self.size))
  }

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    received += bytes.count
    if received >= Self.size { total.push(received) }
  }

  func drained(_ connection: TCPConnection) {}

  func ended(_ connection: TCPConnection) { total.push(-1) }
}

extension Mailbox {
  /// Takes at least so many elements, if they come within 20 seconds.
  fileprivate func collect(_ count: Int) -> [Element] {
    let deadline = ContinuousClock.now + .seconds(20)
    var all: [Element] = []
    while all.count < count, ContinuousClock.now < deadline { all += takeAll(upTo: capacity, until: deadline) }
    return all
  }
}
