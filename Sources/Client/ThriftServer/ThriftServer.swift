internal import MusterEventLoop
internal import MusterThreading
public import MusterThrift

/// Serves Thrift over TCP.
///
/// Each connection's protocol and framing are recognised from its first bytes: binary (strict and old), compact and both
/// JSONs, unframed, framed and THeader. Calls of a connection run at the same time and are answered in their order.
///
/// It listens from when it is made; calls wait until ``run()``. That returns when it is cancelled or ``drain()`` is called,
/// and what runs has been answered:
///
///     let server = try ThriftServer(CalculatorHandler(calculator), settings: ThriftServerSettings(port: 9090))
///     let registration = Registration(service: "calculator", port: server.port)
///     try await withRegistration(registration, with: ConsulDiscovery()) { await server.run() }
public final class ThriftServer: Sendable {
  /// The port that it listens on.
  public let port: UInt16
  private let router: CallRouter
  private let calls: AsyncStream<ServerCall>
  /// Ends when nothing is waited for any more.
  private let patience: AsyncStream<Never>
  private let patienceEnd: AsyncStream<Never>.Continuation
  private let orders = LoopInbox<ServerLoop.Order>()
  private let thread: EventLoopThread

  /// Listens.
  ///
  /// - Parameters:
  ///   - handler: answers calls that name no service; nil: they are refused.
  ///   - services: answers calls that name a service, by its name. Default: none.
  ///   - settings: where it listens, and what it takes from clients.
  ///   - log: gets a line for each client that breaks the protocol; it must not block.
  /// - Throws: ``ThriftServerError`` if a setting makes no sense or the system refuses.
  public init(
    _ handler: (any ThriftHandling)?, services: [String: any ThriftHandling] = [:],
    settings: ThriftServerSettings = ThriftServerSettings(), log: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(ThriftServerError) {
    try settings.validate()
    guard let address = SocketAddress(host: settings.host, port: settings.port) else {
      throw ThriftServerError(.invalidSettings, "host is '\(settings.host)'; it must be an IP address or localhost")
    }
    router = CallRouter(handler: handler, services: services)
    let (calls, continuation) = AsyncStream.makeStream(of: ServerCall.self)
    self.calls = calls
    let (patience, patienceEnd) = AsyncStream.makeStream(of: Never.self)
    (self.patience, self.patienceEnd) = (patience, patienceEnd)
    let orders = orders
    do {
      let bound = Locked(UInt16(0))
      thread = try EventLoopThread(name: "thrift") { loop throws(EventLoopError) in
        let socket = try BoundSocket(.tcp, address)
        bound.withLock { $0 = socket.address.port }
        let server = ServerLoop(loop, settings, continuation, patienceEnd, log: log)
        try server.listen(socket)
        try orders.open(on: loop) { server.take($0) }
      }
      port = bound.withLock { $0 }
    } catch {
      throw ThriftServerError(error)
    }
  }

  deinit { thread.stop() }

  /// Answers calls until the task is cancelled or ``drain()`` is called; calls that are under way then are finished, within
  /// ``ThriftServerSettings/drainTimeout``. A handler that goes on for a second after it has been cancelled is left alone.
  /// Returns at once when it has returned before.
  public func run() async {
    await withTaskCancellationHandler {
      // Cancelling must not reach calls that are under way, as it would reach the children of this task. Only a handler
      // that does not care that it is cancelled outlives this scope.
      Task {
        await self.answerCalls()
        self.patienceEnd.finish()
      }
      await Task { for await _ in self.patience {} }.value
      thread.stop()
    } onCancel: {
      drain()
    }
  }

  /// Takes no more connections and calls, and lets ``run()`` return when those that are under way have been answered.
  public func drain() { orders.push(.drain) }

  private func answerCalls() async {
    await withDiscardingTaskGroup { group in
      for await call in calls {
        group.addTask {
          let reply = await self.router.answer(ThriftRequest(call.message))
          self.orders.push(.answer(connection: call.connection, place: call.place, call.bytes(of: reply)))
        }
      }
      // Nobody waits for what still runs.
      group.cancelAll()
    }
  }
}
