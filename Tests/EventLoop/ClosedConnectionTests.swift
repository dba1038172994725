import Glibc
import MusterThreading
import Testing

@testable import MusterEventLoop

@Suite("A connection at its end")
struct ClosedConnectionTests {
  private let any: SocketAddress

  init() throws {
    any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
  }

  @Test("sends nothing once it is closed, least of all over the connection that has its number now")
  func stray() throws {
    let arrived = Mailbox<String>(capacity: 100)
    let any = any
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
      let socket = try BoundSocket(.tcp, any)
      let address = socket.address
      _ = try TCPListener(loop, socket) { $0.start(Listener(arrived)) }
      _ = TCPConnection(
        loop, to: address,
        Starter { first in
          let number = first.descriptor
          first.close()
          _ = TCPConnection(
            loop, to: address,
            Starter { second in
              arrived.push(second.descriptor == number ? "the same number" : "another number")
              first.sendSoon(Array("stray".utf8).span)
              first.send(Array("stray".utf8))
              second.send(Array("own".utf8))
              LoopTimer(loop) { second.close() }.start(after: .milliseconds(20))
            })
        })
    }
    defer { thread.stop() }
    let texts = (0..<4).compactMap { _ in arrived.takeAll(upTo: 1, until: .now + .seconds(20)).first }
    #expect(texts.sorted() == ["end", "end", "own", "the same number"])
  }

  @Test("may make its owner send more than the outbox holds, while the outbox deals with it")
  func overflow() throws {
    let arrived = Mailbox<String>(capacity: 100)
    let done = Mailbox<Bool>(capacity: 1)
    let any = any
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
      let socket = try BoundSocket(.tcp, any)
      let address = socket.address
      _ = try TCPListener(loop, socket) { $0.start(Listener(arrived)) }
      _ = TCPConnection(
        loop, to: address,
        Starter { other in
          let starter = Starter { broken in
            broken.sendSoon([1].span)
            broken.sendSoon([2].span)
            shutdown(broken.descriptor, Int32(SHUT_WR))
            broken.send([3])
            done.push(!broken.isOpen)
          }
          // The last piece finds the outbox full, and is alone there then.
          starter.atEnd = { for _ in 0..<64 { other.sendSoon([UInt8](repeating: 0, count: 4_096).span) } }
          _ = TCPConnection(loop, to: address, starter)
        })
    }
    defer { thread.stop() }
    #expect(done.takeAll(upTo: 1, until: .now + .seconds(20)) == [true])
  }

  @Test("can wait until all that was gathered has left")
  func gathered() throws {
    let count = 60
    let total = Mailbox<Int>(capacity: 1)
    let words = Mailbox<String>(capacity: 10)
    let any = any
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
      let socket = try BoundSocket(.tcp, any)
      let address = socket.address
      _ = try TCPListener(loop, socket) { connection in
        let counter = Counter(total)
        connection.start(counter)
        connection.pause()
        LoopTimer(loop) { connection.resume() }.start(after: .milliseconds(20))
      }
      let starter = Starter { connection in
        var size: Int32 = 4_096
        _ = unsafe setsockopt(
          connection.descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        for _ in 0..<count { connection.sendSoon([UInt8](repeating: 7, count: 4_096).span) }
        connection.sendGathered()
        words.push(connection.queuedCount > 0 ? "waits" : "has left")
      }
      starter.atDrain = { $0.close() }
      _ = TCPConnection(loop, to: address, starter)
    }
    defer { thread.stop() }
    #expect(words.takeAll(upTo: 1, until: .now + .seconds(20)) == ["waits"])
    #expect(total.takeAll(upTo: 1, until: .now + .seconds(20)) == [count * 4_096])
  }

  @Test("leaves nothing in an inbox whose loop has ended")
  func inbox() throws {
    final class Token: Sendable {}
    let inbox = LoopInbox<Token>()
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in try inbox.open(on: loop) { _ in } }
    thread.stop()
    weak var left: Token?
    do {
      let token = Token()
      left = token
      inbox.push(token)
    }
    #expect(left == nil)
  }

  @Test("knows the other side's address")
  func peer() throws {
    let texts = Mailbox<String>(capacity: 10)
    let any = any
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
      let socket = try BoundSocket(.tcp, any)
      let address = socket.address
      _ = try TCPListener(loop, socket) { connection in
        texts.push("\(connection.peer.map(\.host) ?? "nobody")")
        connection.close()
        texts.push("\(connection.peer.map(\.host) ?? "nobody")")
      }
      _ = TCPConnection(loop, to: address, Starter { texts.push($0.peer == address ? "the listener" : "another") })
    }
    defer { thread.stop() }
    let all = (0..<3).compactMap { _ in texts.takeAll(upTo: 1, until: .now + .seconds(20)).first }
    #expect(all.sorted() == ["127.0.0.1", "nobody", "the listener"])
  }
}

private final class Listener: TCPHandler {
  private let arrived: Mailbox<String>

  init(_ arrived: Mailbox<String>) { self.arrived = arrived }

  func connected(_ connection: TCPConnection) {}

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    guard bytes.count < 100 else { return }
    arrived.push(String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self))
  }

  func drained(_ connection: TCPConnection) {}

  func ended(_ connection: TCPConnection) { arrived.push("end") }
}

/// Says how much has arrived when it is over.
private final class Counter: TCPHandler {
  private let total: Mailbox<Int>
  private var count = 0

  init(_ total: Mailbox<Int>) { self.total = total }

  func connected(_ connection: TCPConnection) {}
  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) { count += bytes.count }
  func drained(_ connection: TCPConnection) {}
  func ended(_ connection: TCPConnection) { total.push(count) }
}

private final class Starter: TCPHandler {
  private let atConnect: (TCPConnection) -> Void
  var atDrain: (TCPConnection) -> Void = { _ in }
  var atEnd: () -> Void = {}

  init(_ atConnect: @escaping (TCPConnection) -> Void) { self.atConnect = atConnect }

  func connected(_ connection: TCPConnection) { atConnect(connection) }
  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {}
  func drained(_ connection: TCPConnection) { atDrain(connection) }
  func ended(_ connection: TCPConnection) { atEnd() }
}
