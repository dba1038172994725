/// How a check comes to its status. Immutable and shared, since thousands of checks tend to have the same one.
public final class CheckDefinition: Sendable, Equatable {
  /// What is looked at.
  public enum Probe: Sendable, Equatable {
    /// Nothing: whoever registered the check sets its status.
    case none
    /// The service reports; silence for longer than this is critical.
    case ttl(Duration)
    /// A request: 2xx passes, 429 warns, anything else is critical.
    indirect case http(HTTPRequest)
    /// A connection to `host:port`.
    case tcp(String)
    /// The standard gRPC health service at `host:port[/service]`.
    case grpc(String, tls: Bool)
    /// A call of a Thrift method without arguments at `host:port/method`: any answer but an application exception passes.
    case thrift(String)
    /// A command's exit code: 0 passes, 1 warns, anything else is critical.
    case exec([String])
  }

  /// What an HTTP probe sends.
  public struct HTTPRequest: Sendable, Equatable {
    /// The address.
    public var url: String
    /// The method; `GET` unless given.
    public var method: String
    /// Header fields by name; each may have several values.
    public var headers: [Header]
    /// The body.
    public var body: String
    /// Whether certificates go unverified.
    public var skipsTLSVerification: Bool

    /// One header field.
    public struct Header: Sendable, Equatable {
      /// The field's name.
      public let name: String
      /// Its values.
      public let values: [String]

      /// A header field.
      public init(name: String, values: [String]) {
        self.name = name
        self.values = values
      }
    }

    /// A request.
    public init(
      url: String, method: String = "GET", headers: [Header] = [], body: String = "", skipsTLSVerification: Bool = false
    ) {
      self.url = url
      self.method = method
      self.headers = headers
      self.body = body
      self.skipsTLSVerification = skipsTLSVerification
    }
  }

  /// What is looked at.
  public let probe: Probe
  /// The time between two probes; zero where nothing is probed.
  public let interval: Duration
  /// How long a probe may take; 10 s unless given.
  public let timeout: Duration
  /// An instance that has been critical for this long is removed; nil means never.
  public let deregisterAfter: Duration?
  /// So many results in a row make it passing.
  public let successBeforePassing: Int
  /// So many failures in a row make it warning.
  public let failuresBeforeWarning: Int
  /// So many failures in a row make it critical.
  public let failuresBeforeCritical: Int

  /// A definition with the defaults of Consul's documentation.
  public init(
    probe: Probe = .none, interval: Duration = .zero, timeout: Duration = .seconds(10),
    deregisterAfter: Duration? = nil,
    successBeforePassing: Int = 0, failuresBeforeWarning: Int = 0, failuresBeforeCritical: Int = 0
  ) {
    self.probe = probe
    self.interval = interval
    self.timeout = timeout
    self.deregisterAfter = deregisterAfter
    self.successBeforePassing = successBeforePassing
    self.failuresBeforeWarning = failuresBeforeWarning
    self.failuresBeforeCritical = failuresBeforeCritical
  }

  /// The definition of a check that others keep up to date.
  public static let manual = CheckDefinition()

  /// How long a TTL check stays good without a report; nil for the other kinds.
  public var ttl: Duration? {
    if case .ttl(let ttl) = probe { ttl } else { nil }
  }

  /// Whether the registry itself has to go and look.
  public var isActive: Bool {
    switch probe {
    case .none, .ttl: false
    case .http, .tcp, .grpc, .thrift, .exec: true
    }
  }

  /// The kind as Consul's `Type` field names it.
  public var kind: String {
    switch probe {
    case .none: ""
    case .ttl: "ttl"
    case .http: "http"
    case .tcp: "tcp"
    case .grpc: "grpc"
    case .thrift: "thrift"
    case .exec: "script"
    }
  }

  /// Whether every field is the same.
  public static func == (left: CheckDefinition, right: CheckDefinition) -> Bool {
    left === right
      || left.probe == right.probe && left.interval == right.interval && left.timeout == right.timeout
        && left.deregisterAfter == right.deregisterAfter && left.successBeforePassing == right.successBeforePassing
        && left.failuresBeforeWarning == right.failuresBeforeWarning
        && left.failuresBeforeCritical == right.failuresBeforeCritical
  }
}
