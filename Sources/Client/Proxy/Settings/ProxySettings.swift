internal import MusterBalancing
public import MusterCalling

/// What a proxy does for one service.
public struct ProxySettings: Sendable {
  /// What an open connection may cost.
  public struct Limits: Sendable, Hashable {
    /// The most bytes of a message, 1 KiB … 1 GiB. Default 16,384,000, the largest frame of Apache's libraries.
    public var messageSize = 16_384_000
    /// The most connections of clients on each thread, 1 … 1,000,000. Default 10,000.
    public var connections = 10_000
    /// The most calls of one connection that are under way; a client that sends more is not read for a while. 1 … 10,000, default 64.
    public var pipelinedCalls = 64
    /// How long a client's connection may be silent with no call under way. Default 1 h: a client that is cut off sees an error.
    public var idleTime = Duration.seconds(3_600)
    /// How long a message may take from its first byte to its last, and a client to fetch anything of its answers. Default 30 s.
    public var messageTime = Duration.seconds(30)

    /// The defaults.
    public init() {}
  }

  /// How instances are reached.
  public struct Upstream: Sendable, Hashable {
    /// How long connecting may take. Default 1 s.
    public var connectTimeout = Duration.seconds(1)
    /// The most connections to an instance that are kept for later calls, of each dialect, 0 … 100,000. Default 128.
    public var idleConnections = 128
    /// How long they are kept. Default 2 s: ThriftPy's servers end a connection after 3 s, and a call that is sent at that moment is
    /// lost.
    public var idleTime = Duration.seconds(2)
    /// How long calls to an instance may go on after it has left the registry. Default 5 s.
    public var leaveTime = Duration.seconds(5)

    /// The defaults.
    public init() {}
  }

  /// The service's name in the registry.
  public var service: String
  /// Where clients connect: an address and a port, which may be 0 for any.
  public var listen: (host: String, port: UInt16)
  /// What is carried.
  public var carries: ProxyProtocol
  /// Balancing, deadlines, retries, breakers, outliers, hedging. `attemptTimeout` is for idempotent methods only: another
  /// method's one try has until the deadline.
  public var calls: CallSettings
  /// Methods that may be carried out twice.
  public var idempotent: [MethodPattern]
  /// What clients' connections may cost.
  public var limits: Limits
  /// How instances are reached.
  public var upstream: Upstream

  /// Settings with the defaults for the rest: least connections, 3 tries, 30 s for a call, 2 s for a try that can be repeated.
  public init(service: String, listen: (host: String, port: UInt16)) {
    self.service = service
    self.listen = listen
    carries = .thrift
    calls = CallSettings(policy: .leastConnections, deadline: .seconds(30))
    idempotent = []
    limits = Limits()
    upstream = Upstream()
  }

  /// - Throws: `ProxyError` with the first setting that makes no sense.
  public func validate() throws(ProxyError) {
    try Self.check(limits.messageSize, in: 1_024...1 << 30, "the largest message", "bytes")
    try Self.check(limits.connections, in: 1...1_000_000, "the number of connections", "connections")
    try Self.check(limits.pipelinedCalls, in: 1...10_000, "the pipelined calls", "calls")
    try Self.check(upstream.idleConnections, in: 0...100_000, "the idle connections of an instance", "connections")
    for (time, name) in [
      (limits.idleTime, "the idle time"), (limits.messageTime, "the time of a message"),
      (upstream.connectTimeout, "the connect timeout"),
      (upstream.idleTime, "the idle time of an instance's connection"),
      (upstream.leaveTime, "the time to leave"), (calls.attemptTimeout, "the timeout of a try"),
    ] {
      try Self.check(time, in: .milliseconds(1)...Duration.seconds(86_400), name, "of time")
    }
    if let deadline = calls.deadline {
      try Self.check(deadline, in: .milliseconds(1)...Duration.seconds(86_400), "the timeout of a call", "of time")
    }
  }

  private static func check<Value: Comparable>(
    _ value: Value, in range: ClosedRange<Value>, _ name: String, _ unit: String
  ) throws(ProxyError) {
    guard range.contains(value) else {
      throw ProxyError(
        .badSetting, "\(name) is \(value): it must be from \(range.lowerBound) to \(range.upperBound) \(unit)")
    }
  }
}
