public import MusterThrift

/// How a client speaks, and what it keeps and takes.
public struct ThriftClientSettings: Sendable {
  /// The protocol, and what stands around each message. Default: binary and unframed, as a ThriftPy server has it.
  public var dialect: ThriftDialect
  /// The service's name on connections that several share; nil, the default: they are not shared.
  public var service: String?
  /// What an answer may ask for.
  public var limits: ThriftLimits
  /// Open connections to one instance, from 1. Default: 64. A connection carries one call at a time; calls wait for one,
  /// within their timeout, where all are taken.
  public var connectionsPerInstance: Int
  /// How long a connection is kept without a call. Default: 60 s; zero: not at all.
  public var idleTimeout: Duration

  /// Creates settings, with the defaults that the fields document.
  public init(
    dialect: ThriftDialect = ThriftDialect(.binary, .unframed), service: String? = nil,
    limits: ThriftLimits = ThriftLimits(), connectionsPerInstance: Int = 64, idleTimeout: Duration = .seconds(60)
  ) {
    self.dialect = dialect
    self.service = service
    self.limits = limits
    self.connectionsPerInstance = connectionsPerInstance
    self.idleTimeout = idleTimeout
  }

  /// Refuses what makes no sense.
  func validate() throws(ThriftClientError) {
    guard connectionsPerInstance >= 1 else {
      throw ThriftClientError(
        .invalidSettings, "connectionsPerInstance is \(connectionsPerInstance); it must be at least 1")
    }
    guard idleTimeout >= .zero else {
      throw ThriftClientError(.invalidSettings, "idleTimeout is \(idleTimeout); it must not be negative")
    }
    guard dialect.framing != .header || [.binary, .compact].contains(dialect.protocol) else {
      throw ThriftClientError(.invalidSettings, "THeader carries binary and compact, not \(dialect.protocol)")
    }
    if let service, service.isEmpty || service.contains(":") {
      throw ThriftClientError(.invalidSettings, "service is '\(service)'; it must not be empty or contain ':'")
    }
  }
}
