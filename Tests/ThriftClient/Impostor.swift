import MusterEventLoop
import MusterTestSupport
import MusterThreading

/// A server that does to a connection whatever a test says, with the raw bytes.
final class Impostor: Sendable {
  let port: UInt16
  /// What arrived on any connection.
  let received = Inbox<[UInt8]>()
  private let thread: EventLoopThread

  /// Calls `act` with the number of the connection, from 0, the bytes that have arrived in one piece, and the connection.
  init(_ act: @escaping @Sendable (Int, [UInt8], TCPConnection) -> Void) throws {
    let bound = Locked(UInt16(0))
    let received = received
    let address = SocketAddress(host: "127.0.0.1", port: 0)
    thread = try EventLoopThread(name: "impostor") { loop throws(EventLoopError) in
      guard let address else { throw EventLoopError(.system, "no address") }
      let socket = try BoundSocket(.tcp, address)
      bound.withLock { $0 = socket.address.port }
      var count = 0
      _ = try TCPListener(loop, socket) { connection in
        connection.start(Actor(count, received, act))
        count += 1
      }
    }
    port = bound.withLock { $0 }
  }

  deinit { thread.stop() }

  private final class Actor: TCPHandler {
    let number: Int
    let received: Inbox<[UInt8]>
    let act: @Sendable (Int, [UInt8], TCPConnection) -> Void

    init(
      _ number: Int, _ received: Inbox<[UInt8]>, _ act: @escaping @Sendable (Int, [UInt8], TCPConnection) -> Void
    ) {
      self.number = number
      self.received = received
      self.act = act
    }

    func connected(_ connection: TCPConnection) {}
    func drained(_ connection: TCPConnection) {}
    func ended(_ connection: TCPConnection) {}

    func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
      let bytes = bytes.indices.map { bytes[$0] }
      received.add(bytes)
      act(number, bytes, connection)
    }
  }
}
