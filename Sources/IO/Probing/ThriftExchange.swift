internal import MusterEventLoop
internal import MusterThrift

/// A probe's call on its way, in one dialect after the other; belongs to the thread of a `ThriftProber`.
final class ThriftExchange: TCPHandler {
  let probe: ThriftProbe
  private let loop: EventLoop
  private let method: String
  private let address: SocketAddress
  private var dialects: [ThriftDialect]
  private let done: (ProbeReading, ThriftDialect?) -> Void
  private var connection: TCPConnection?
  private var buffer: ThriftMessageBuffer
  private var isOver = false
  private var wasConnected = false

  init(
    _ loop: EventLoop, _ probe: ThriftProbe, _ method: String, at address: SocketAddress, _ dialects: [ThriftDialect],
    _ done: @escaping (ProbeReading, ThriftDialect?) -> Void
  ) {
    self.loop = loop
    self.probe = probe
    self.method = method
    self.address = address
    self.dialects = dialects
    self.done = done
    buffer = ThriftMessageBuffer()
  }

  /// Tries the next dialect.
  func start() {
    guard let dialect = dialects.first else {
      return end(probe.failure("no answer in any dialect: the connection was ended, or the answer was not Thrift"))
    }
    wasConnected = false
    buffer = ThriftMessageBuffer(dialect, limits: ThriftProbe.limits)
    let made = TCPConnection(loop, to: address, self)
    if made.isOpen { connection = made }
  }

  func connected(_ connection: TCPConnection) {
    wasConnected = true
    if let dialect = dialects.first { connection.send(ThriftProbe.call(method, in: dialect)) }
  }

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    buffer.append(bytes)
    do {
      guard let message = try buffer.next()?.message else { return }
      guard let reading = probe.reading(of: message) else { return next(after: connection) }
      end(reading, dialects.first)
    } catch {
      next(after: connection)
    }
  }

  func drained(_ connection: TCPConnection) {}

  func ended(_ connection: TCPConnection) {
    guard !isOver else { return }
    guard wasConnected else { return end(probe.failure(connection.failure?.message ?? "no connection")) }
    next(after: connection)
  }

  private func next(after connection: TCPConnection) {
    connection.close()
    dialects = Array(dialects.dropFirst())
    start()
  }

  /// Ends it with a reading; only the first time counts.
  func end(_ reading: ProbeReading, _ dialect: ThriftDialect? = nil) {
    guard !isOver else { return }
    isOver = true
    connection?.close()
    done(reading, dialect)
  }
}
