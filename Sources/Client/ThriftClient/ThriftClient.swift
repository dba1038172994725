public import MusterCalling
public import MusterDiscovery
public import MusterResilience
public import MusterThrift

/// Calls a service over Thrift by its name.
///
/// Instances are found, chosen and given up on by a ``ServiceCaller``; connections are kept for each of them, and carry one
/// call at a time. A call is made again only if the instance certainly did not get it, or if its method is idempotent and the
/// instance failed: no answer, half of one, one that is not Thrift, or a ``ThriftApplicationException`` of the code
/// `internalError`. Exceptions that the method declares are results.
public final class ThriftClient: ThriftCalling {
  /// Finds and chooses instances.
  public let caller: ServiceCaller
  /// How it speaks, and what it keeps and takes.
  public let connection: ThriftClientSettings
  private let transport: ThriftTransport

  /// A client that knows no instances until `run` or `caller.update`.
  ///
  /// - Parameters:
  ///   - service: the name of the service.
  ///   - settings: balancing and fault tolerance.
  ///   - connection: the protocol and framing, and limits.
  ///   - observer: is told every decision; it must not block.
  /// - Throws: `DiscoveryError`, `BalancingError`, `ResilienceError` or ``ThriftClientError``.
  public init(
    _ service: String, settings: CallSettings = CallSettings(),
    connection: ThriftClientSettings = ThriftClientSettings(),
    observer: @escaping @Sendable (ResilienceEvent) -> Void = { _ in }
  ) throws {
    try connection.validate()
    self.connection = connection
    caller = try ServiceCaller(service, settings: settings, observer: observer)
    transport = try ThriftTransport(connection)
  }

  /// Follows the service in a registry until the task is cancelled.
  public func run(watching discovery: some ServiceDiscovery) async { await caller.run(watching: discovery) }

  /// Ends what is under way with ``ThriftClientError/Code/closed``. Later calls end so too.
  public func close() { transport.close() }

  /// Makes a call to an instance; nil for a oneway one.
  func carry(
    _ method: ThriftMethod, _ body: ThriftOutgoingBody, key: UInt64?
  ) async throws -> ThriftReceivedMessage? {
    try await caller.call(key: key, isIdempotent: method.isIdempotent, classify: Self.classify) { attempt in
      // Each try has a number of its own, so that a late answer to one is not taken for that of another.
      let id = self.transport.nextID()
      let sequenceID = Int32(truncatingIfNeeded: id & 0x7FFF_FFFF)
      let bytes = try self.frame(method, body, sequenceID)
      let message = try await self.transport.carry(
        id, method, bytes, sequenceID: sequenceID, to: attempt.instance.endpoint, timeout: attempt.timeout)
      guard let message, message.head.type == .exception else { return message }
      throw try Self.read(message) { message throws(ThriftError) in
        try message.body(as: ThriftApplicationException.self)
      }
    }
  }

  /// Reads an answer's body.
  static func read<Body>(
    _ message: ThriftReceivedMessage, _ body: (ThriftReceivedMessage) throws(ThriftError) -> Body
  ) throws(ThriftClientError) -> Body {
    do {
      return try body(message)
    } catch {
      throw ThriftClientError(.invalidAnswer, "the answer to \"\(message.head.method)\": \(error)", wasSent: true)
    }
  }

  private func frame(
    _ method: ThriftMethod, _ body: ThriftOutgoingBody, _ sequenceID: Int32
  ) throws(ThriftClientError) -> [UInt8] {
    let head = ThriftMessageHead(method.name, method.isOneway ? .oneway : .call, sequenceID: sequenceID)
      .multiplexed(for: connection.service)
    do {
      let (kind, framing) = (connection.dialect.protocol, connection.dialect.framing)
      var bytes: [UInt8] = []
      let start = try framing.beginFrame(in: &bytes, header: ThriftHeader(kind, sequenceID: sequenceID))
      try body.write(head, to: &bytes, as: kind)
      try framing.endFrame(at: start, in: &bytes)
      return bytes
    } catch {
      throw ThriftClientError(.unwritable, "the arguments of \"\(method.name)\": \(error)")
    }
  }

  private static func classify(_ error: any Error) -> CallOutcome {
    switch error {
    case let error as ThriftApplicationException: error.code == .internalError ? .failed : .refused
    case let error as ThriftClientError:
      switch error.code {
      case .invalidSettings, .unwritable, .closed: .refused
      case _ where !error.wasSent: .notSent
      case .timedOut: .timedOut
      default: .failed
      }
    default: .refused
    }
  }
}
