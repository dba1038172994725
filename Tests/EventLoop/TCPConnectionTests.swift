import Glibc
import MusterEventLoop
import MusterThreading
import Testing

@Suite("Connections")
struct TCPConnectionTests {
  private let any: SocketAddress

  init() throws {
    any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
  }

  @Test("a connection that is not answered fails after its time, and says so")
  func timeout() throws {
    let full = try FullListener()
    defer { full.close() }
    let words = Mailbox<String>(capacity: 10)
    let thread = try EventLoopThread(name: "test") { loop in
      _ = TCPConnection(loop, to: full.address, timeout: .milliseconds(30), Script(words))
    }
    defer { thread.stop() }
    #expect(
      words.collect(1) == ["ended: no connection to \(full.address) within \(Duration.milliseconds(30))"])
  }

  @Test("a refused connection says why it failed")
  func refused() throws {
    // Bound, but not listened on.
    let port = try BoundSocket(.udp, any).address.port
    let address = try #require(SocketAddress(host: "127.0.0.1", port: port))
    let words = Mailbox<String>(capacity: 10)
    let thread = try EventLoopThread(name: "test") { loop in
      _ = TCPConnection(loop, to: address, timeout: .seconds(20), Script(words))
    }
    defer { thread.stop() }
    #expect(words.collect(1) == ["ended: can't connect: connection refused"])
  }

  @Test("a side that sends nothing more still gets its answer")
  func halfClose() throws {
    let words = Mailbox<String>(capacity: 10)
    let any = any
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
      let socket = try BoundSocket(.tcp, any)
      let address = socket.address
      _ = try TCPListener(loop, socket) { connection in
        connection.allowsHalfClose = true
        let script = Script(words)
        script.atFinish = {
          $0.send(Array("bye".utf8))
          $0.finishSending()
        }
        connection.start(script)
      }
      let client = Script(words)
      client.atConnect = {
        $0.send(Array("hello".utf8))
        $0.finishSending()
      }
      _ = TCPConnection(loop, to: address, client)
    }
    defer { thread.stop() }
    #expect(words.collect(4) == ["received: hello", "finished", "received: bye", "ended: in good order"])
  }

  @Test("an end that the loop has not seen yet is seen before the next use")
  func quiet() throws {
    let words = Mailbox<String>(capacity: 10)
    let any = any
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
      let socket = try BoundSocket(.tcp, any)
      let address = socket.address
      _ = try TCPListener(loop, socket) { connection in
        connection.start(Script(words))
        connection.pause()
        words.push("quiet: \(connection.isQuiet)")
        let look = LoopTimer(loop) { if !connection.isQuiet { words.push("not quiet, open: \(connection.isOpen)") } }
        look.start(after: .milliseconds(1), every: .milliseconds(1))
      }
      let client = Script(words)
      client.atConnect = { connection in
        LoopTimer(loop) { connection.close() }.start(after: .milliseconds(10))
      }
      _ = TCPConnection(loop, to: address, client)
    }
    defer { thread.stop() }
    #expect(words.collect(2).prefix(2) == ["quiet: true", "not quiet, open: true"])
  }

  @Test("what the system does not take at once waits, is counted, and drains")
  func backpressure() throws {
    let words = Mailbox<String>(capacity: 10)
    let any = any
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
      let socket = try BoundSocket(.tcp, any)
      let address = socket.address
      _ = try TCPListener(loop, socket) { connection in
        let script = Script(words)
        script.isSilent = true
        connection.start(script)
        connection.pause()
        LoopTimer(loop) { connection.resume() }.start(after: .milliseconds(5))
      }
      let client = Script(words)
      client.atConnect = { connection in
        let size = 16 << 20
        let hasLeft = connection.send([UInt8](repeating: 1, count: size).span)
        words.push("left: \(hasLeft), waits: \(connection.queuedCount > 0), sent: \(connection.sentCount == size)")
      }
      client.atDrain = { words.push("drained, waits: \($0.queuedCount)") }
      _ = TCPConnection(loop, to: address, client)
    }
    defer { thread.stop() }
    #expect(words.collect(2) == ["left: false, waits: true, sent: true", "drained, waits: 0"])
  }

  @Test("pieces that are gathered arrive in order with the others, and before the connection closes")
  func gathered() throws {
    let words = Mailbox<String>(capacity: 1_000)
    let any = any
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
      let socket = try BoundSocket(.tcp, any)
      let address = socket.address
      _ = try TCPListener(loop, socket) { $0.start(Script(words)) }
      for client in 0..<5 {
        let script = Script(words)
        script.atConnect = { connection in
          let parts = (0..<20).map { Array("\(client * 100 + $0 + 1_000)".utf8) }
          for (index, part) in parts.enumerated() {
            if index % 5 == 4 { connection.send(part) } else { connection.sendSoon(part.span) }
          }
          if client < 4 { connection.close() }
        }
        _ = TCPConnection(loop, to: address, script)
      }
    }
    var texts: [String] = []
    while texts.joined().count < 5 * 20 * 4, let word = words.takeAll(upTo: 1, until: .now + .seconds(20)).first {
      if word.hasPrefix("received: ") { texts.append(String(word.dropFirst("received: ".count))) }
    }
    thread.stop()
    let all = texts.joined()
    #expect(all.count == 5 * 20 * 4)
    for client in 0..<5 {
      let wanted = (0..<20).map { "\(client * 100 + $0 + 1_000)" }.joined()
      let own = texts.filter { $0.hasPrefix("1\(client)") }.joined()
      #expect(own == wanted)
    }
  }

  @Test("messages from other threads arrive in order, also those from before the loop began")
  func inbox() throws {
    let inbox = LoopInbox<Int>()
    let taken = Mailbox<Int>(capacity: 10_000)
    for number in 0..<10 { inbox.push(number) }
    let thread = try EventLoopThread(name: "test") { loop throws(EventLoopError) in
      try inbox.open(on: loop) { taken.push($0) }
    }
    for number in 10..<2_000 { inbox.push(number) }
    #expect(taken.collect(2_000) == Array(0..<2_000))
    thread.stop()
    inbox.push(1)
    #expect(taken.count == 0)
  }

  @Test(
    "the addresses of a host are found", arguments: [("localhost", true), ("127.0.0.2", true), ("no.invalid", false)])
  func lookup(host: String, isFound: Bool) throws {
    let found = Mailbox<Bool>(capacity: 1)
    let thread = try EventLoopThread(name: "test") { loop in
      NameLookup.start(loop, host: host, port: 80) { result in
        found.push((try? result.get())?.contains { $0.port == 80 } ?? false)
      }
    }
    defer { thread.stop() }
    #expect(found.collect(1) == [isFound])
  }
}

/// Writes down what happens, and does what it is told to.
private final class Script: TCPHandler {
  private let words: Mailbox<String>
  var isSilent = false
  var atConnect: (TCPConnection) -> Void = { _ in }
  var atFinish: (TCPConnection) -> Void = { _ in }
  var atDrain: (TCPConnection) -> Void = { _ in }

  init(_ words: Mailbox<String>) {
    self.words = words
  }

  func connected(_ connection: TCPConnection) { atConnect(connection) }

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    if !isSilent { words.push("received: \(String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self))") }
  }

  func drained(_ connection: TCPConnection) { atDrain(connection) }

  func finished(_ connection: TCPConnection) {
    words.push("finished")
    atFinish(connection)
  }

  func ended(_ connection: TCPConnection) {
    words.push("ended: \(connection.failure?.message ?? "in good order")")
  }
}

/// Listens, and leaves everybody waiting.
private struct FullListener {
  let address: SocketAddress
  private let sockets: [Int32]

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    var sockets = [listener]
    unsafe withUnsafeMutablePointer(to: &place) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        _ = unsafe bind(listener, pointer, size)
        _ = unsafe getsockname(listener, pointer, &size)
        listen(listener, 0)
        for _ in 0..<4 {
          let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
          _ = unsafe connect(client, pointer, size)
          sockets.append(client)
        }
      }
    }
    self.sockets = sockets
    address = try #require(SocketAddress(host: "127.0.0.1", port: UInt16(bigEndian: place.sin_port)))
  }

  func close() {
    for socket in sockets { Glibc.close(socket) }
  }
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
