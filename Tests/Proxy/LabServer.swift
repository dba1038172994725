import MusterEventLoop
import MusterThreading
import MusterThrift

@testable import MusterProxy

/// Instances for a proxy, which do as they are told, on one thread.
final class LabServer: Sendable {
  /// What an instance does with a call.
  enum Manner: Sendable {
    /// Answers with the bytes of the call, as a reply.
    case echo
    /// Says nothing.
    case silence
    /// Ends the connection.
    case hangUp
    /// Answers with these bytes.
    case bytes([UInt8])
  }

  let port: UInt16
  /// The names and sequence ids of the calls that came.
  let calls = Mailbox<String>(capacity: 100_000)
  let manner: Locked<Manner>
  /// How many connections there have been.
  let connections = Locked(0)
  private let thread: EventLoopThread

  init(_ manner: Manner = .echo) throws {
    guard let any = SocketAddress(host: "127.0.0.1", port: 0) else { throw EventLoopError(.system, "no loopback") }
    let place = Mailbox<UInt16>(capacity: 1)
    let (calls, shared) = (calls, Locked(manner))
    self.manner = shared
    let connections = connections
    thread = try EventLoopThread(name: "lab") { loop throws(EventLoopError) in
      let socket = try BoundSocket(.tcp, any)
      place.push(socket.address.port)
      _ = try TCPListener(loop, socket) {
        connections.withLock { $0 += 1 }
        $0.start(LabConnection(calls, shared))
      }
    }
    port = place.takeAll(upTo: 1, until: nil).first ?? 0
  }

  func stop() { thread.stop() }
}

private final class LabConnection: TCPHandler {
  private let calls: Mailbox<String>
  private let manner: Locked<LabServer.Manner>
  private var cutter = MessageCutter(nil, messageSize: 1_000_000)
  private var pending = ByteQueue()

  init(_ calls: Mailbox<String>, _ manner: Locked<LabServer.Manner>) {
    (self.calls, self.manner) = (calls, manner)
  }

  func connected(_ connection: TCPConnection) {}

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    pending.append(bytes)
    while true {
      let all = pending.withSpan { [UInt8](copying: $0) }
      guard let message = try? cutter.next(all.span) else { return }
      pending.drop(message.length)
      calls.push("\(message.head.name) \(message.head.sequenceID)")
      if message.head.type != .oneway { answer(Array(all[..<message.length]), on: connection) }
    }
  }

  private func answer(_ call: [UInt8], on connection: TCPConnection) {
    switch manner.withLock({ $0 }) {
    case .echo:
      var reply = call
      // The type of a framed message of the binary protocol.
      reply[7] = 2
      connection.send(reply)
    case .silence: break
    case .hangUp: connection.close()
    case .bytes(let bytes): connection.send(bytes)
    }
  }

  func drained(_ connection: TCPConnection) {}

  func ended(_ connection: TCPConnection) {}
}

/// A client that sends bytes and gathers what comes back.
final class LabClient: Sendable {
  let arrived = Mailbox<[UInt8]>(capacity: 100_000)
  private let inbox = LoopInbox<[UInt8]>()
  private let thread: EventLoopThread

  init(_ address: String) throws {
    guard let port = address.split(separator: ":").last.flatMap({ UInt16($0) }),
      let place = SocketAddress(host: "127.0.0.1", port: port)
    else { throw EventLoopError(.system, address) }
    let (arrived, inbox) = (arrived, inbox)
    thread = try EventLoopThread(name: "client") { loop throws(EventLoopError) in
      let end = LabClientEnd(arrived)
      end.atConnect = { connection in try? inbox.open(on: loop) { connection.send($0) } }
      _ = TCPConnection(loop, to: place, end)
    }
  }

  func send(_ bytes: [UInt8]) { inbox.push(bytes) }

  func stop() { thread.stop() }

  /// Whatever has come when there are so many bytes, or when the connection ends.
  func gather(_ count: Int) -> [UInt8] {
    var all: [UInt8] = []
    let end = ContinuousClock.now + .seconds(20)
    while all.count < count, ContinuousClock.now < end {
      for part in arrived.takeAll(upTo: 1_000, until: end) {
        guard !part.isEmpty else { return all }
        all += part
      }
    }
    return all
  }
}

private final class LabClientEnd: TCPHandler {
  private let arrived: Mailbox<[UInt8]>
  var atConnect: (TCPConnection) -> Void = { _ in }

  init(_ arrived: Mailbox<[UInt8]>) { self.arrived = arrived }

  func connected(_ connection: TCPConnection) { atConnect(connection) }

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) { arrived.push([UInt8](copying: bytes)) }

  func drained(_ connection: TCPConnection) {}

  /// No bytes are the end.
  func ended(_ connection: TCPConnection) { arrived.push([]) }
}
