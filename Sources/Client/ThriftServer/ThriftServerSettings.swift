public import MusterThrift

/// Where a server listens, and what it takes from clients at most.
public struct ThriftServerSettings: Sendable {
  /// An IPv4 or IPv6 address, or `localhost` (127.0.0.1); `::` takes IPv4 clients as well. Default: 127.0.0.1.
  public var host: String
  /// The TCP port. Default: 0, which lets the system choose one.
  public var port: UInt16
  /// What a message may ask for.
  public var limits: ThriftLimits
  /// Open connections. Default: 10,000. More are closed at once.
  public var connectionLimit: Int
  /// Calls of one connection that run at the same time, from 1. Default: 64. More are read when others have been answered;
  /// with 1, calls run one after the other as they come.
  public var callsPerConnection: Int
  /// Calls of all connections that run at the same time, from 1. Default: 10,000. More are answered with an
  /// ``ThriftApplicationException/Code/internalError``.
  public var callLimit: Int
  /// How long a connection may be silent between two calls. Default: 10 min; nil: for ever.
  public var idleTimeout: Duration?
  /// How long a message may take from its first byte to its last, and how long a client may take to fetch answers.
  /// Default: 30 s.
  public var messageTimeout: Duration
  /// How long is waited at the end for calls that run; they are cancelled then, and left alone a
  /// second later. Default: 10 s.
  public var drainTimeout: Duration

  /// Creates settings, with the defaults that the fields document.
  public init(
    host: String = "127.0.0.1", port: UInt16 = 0, limits: ThriftLimits = ThriftLimits(), connectionLimit: Int = 10_000,
    callsPerConnection: Int = 64, callLimit: Int = 10_000, idleTimeout: Duration? = .seconds(600),
    messageTimeout: Duration = .seconds(30), drainTimeout: Duration = .seconds(10)
  ) {
    self.host = host
    self.port = port
    self.limits = limits
    self.connectionLimit = connectionLimit
    self.callsPerConnection = callsPerConnection
    self.callLimit = callLimit
    self.idleTimeout = idleTimeout
    self.messageTimeout = messageTimeout
    self.drainTimeout = drainTimeout
  }

  /// Refuses what makes no sense.
  func validate() throws(ThriftServerError) {
    for (name, value) in [
      ("connectionLimit", connectionLimit), ("callsPerConnection", callsPerConnection), ("callLimit", callLimit),
    ] where value < 1 {
      throw ThriftServerError(.invalidSettings, "\(name) is \(value); it must be at least 1")
    }
    for (name, value) in [
      ("idleTimeout", idleTimeout ?? .seconds(1)), ("messageTimeout", messageTimeout), ("drainTimeout", drainTimeout),
    ] where value <= .zero {
      throw ThriftServerError(.invalidSettings, "\(name) is \(value); it must be longer than 0")
    }
  }
}
