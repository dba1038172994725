internal import CEpoll
internal import Glibc
internal import MusterThreading

/// A server that answers every call of `ThriftLoad`, on a thread of its own, for as little as can be.
public final class ThriftAnswerer: Sendable {
  /// Where it listens on 127.0.0.1.
  public let port: UInt16
  private let listener: Int32
  private let thread: WorkerThread

  /// Serves from now on, on one processor.
  ///
  /// - Throws: `LoadError` when the system refuses.
  public init(processor: Int) throws(LoadError) {
    let (listener, port) = try Self.listen()
    (self.listener, self.port) = (listener, port)
    do {
      thread = try WorkerThread(name: "answerer") {
        // Without it, it is only slower.
        try? Processors(only: processor).bindThisThread()
        Answering(listener)?.run()
      }
    } catch {
      close(listener)
      throw LoadError(.system, error.message)
    }
  }

  deinit {
    // Its thread ends when the listener does.
    shutdown(listener, Int32(SHUT_RDWR))
    thread.join()
    close(listener)
  }

  private static func listen() throws(LoadError) -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe bind(listener, pointer, size) == 0 && Glibc.listen(listener, 1_024) == 0
          && getsockname(listener, pointer, &size) == 0
      }
    }
    guard isListening else { throw LoadError.last(.system, "can't listen on 127.0.0.1") }
    return (listener, UInt16(bigEndian: address.sin_port))
  }
}

/// The thread's own.
private struct Answering {
  private let poll: Int32
  private let listener: Int32
  private var buffer = [UInt8](repeating: 0, count: 65_536)
  private var ready = [UInt32](repeating: 0, count: 256)
  private var connections: Set<Int32> = []

  init?(_ listener: Int32) {
    poll = epoll_open()
    self.listener = listener
    guard poll >= 0, epoll_add(poll, listener, UInt32(bitPattern: listener)) == 0 else { return nil }
  }

  consuming func run() {
    var state = self
    while state.turn() {}
    for connection in state.connections { close(connection) }
    close(state.poll)
  }

  private mutating func turn() -> Bool {
    let found = unsafe epoll_ready(poll, &ready, -1)
    for place in 0..<Int(max(found, 0)) {
      let descriptor = Int32(bitPattern: ready[place])
      if descriptor != listener {
        answer(descriptor)
        continue
      }
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return false }
      var noDelay: Int32 = 1
      _ = unsafe setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
      connections.insert(connection)
      _ = epoll_add(poll, connection, UInt32(bitPattern: connection))
    }
    return true
  }

  private mutating func answer(_ connection: Int32) {
    let count = unsafe recv(connection, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    guard count > 0 else {
      if count < 0, errno == EAGAIN || errno == EINTR { return }
      connections.remove(connection)
      close(connection)
      return
    }
    var answers: [UInt8] = []
    // Calls are so short that each comes in one piece.
    var place = 0
    while place + ThriftCall.request.count <= count {
      let at = place + ThriftCall.sequencePlace
      let number = buffer[at..<(at + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      answers += ThriftCall.numbered(ThriftCall.answer, number)
      place += ThriftCall.request.count
    }
    _ = unsafe send(connection, answers, answers.count, Int32(MSG_NOSIGNAL))
  }
}
