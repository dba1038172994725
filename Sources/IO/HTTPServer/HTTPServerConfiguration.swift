/// Where a server listens, with how many threads, and what it takes from clients at most.
public struct HTTPServerConfiguration: Sendable {
  /// An IPv4 or IPv6 address, or `localhost` (127.0.0.1).
  ///
  /// `::` takes IPv4 clients as well.
  public var host: String
  /// The TCP port; 0 lets the system choose one.
  public var port: UInt16
  /// How many threads serve connections, at least 1.
  ///
  /// One is enough for 100,000 short answers a second.
  public var threads: Int
  /// What is taken from clients at most.
  public var limits: Limits

  /// Makes a configuration; by default on an ephemeral port of the loopback address, with one thread.
  public init(host: String = "127.0.0.1", port: UInt16 = 0, threads: Int = 1, limits: Limits = Limits()) {
    self.host = host
    self.port = port
    self.threads = threads
    self.limits = limits
  }
}

extension HTTPServerConfiguration {
  /// Bounds on what clients may use of the server.
  public struct Limits: Sendable {
    /// Bytes of a request's body; 512 KiB by default.
    ///
    /// A longer one is answered 413.
    public var maxBodyBytes: Int
    /// Bytes of memory for one request's line and header fields, with about 80 more for each field and each query
    /// parameter; 16 KiB by default, at least 2 KiB.
    ///
    /// A request that needs more is answered 431, or closed. A connection holds this memory as long as it is open.
    public var maxHeaderBytes: Int
    /// Bytes of a request's target, the path with the query; 8 KiB by default.
    ///
    /// A longer one is answered 414. More than half of `maxHeaderBytes` can't be had.
    public var maxTargetBytes: Int
    /// Open connections; 16,384 by default.
    ///
    /// More wait until one is closed. With several threads each gets an equal share of them.
    public var maxConnections: Int
    /// Open connections from one IP address; 8,192 by default, 0 for no bound.
    ///
    /// More are closed at once.
    public var maxConnectionsPerClient: Int
    /// How long a connection may be silent, within a request or between two; 60 s by default, in whole seconds (rounded
    /// up), at least 1.
    ///
    /// Parked requests and streams are not bound by it.
    public var idleTimeout: Duration

    /// Makes limits, with the defaults that the fields document.
    public init(
      maxBodyBytes: Int = 512 * 1024, maxHeaderBytes: Int = 16 * 1024, maxTargetBytes: Int = 8 * 1024,
      maxConnections: Int = 16_384, maxConnectionsPerClient: Int = 8_192, idleTimeout: Duration = .seconds(60)
    ) {
      self.maxBodyBytes = maxBodyBytes
      self.maxHeaderBytes = maxHeaderBytes
      self.maxTargetBytes = maxTargetBytes
      self.maxConnections = maxConnections
      self.maxConnectionsPerClient = maxConnectionsPerClient
      self.idleTimeout = idleTimeout
    }
  }
}
