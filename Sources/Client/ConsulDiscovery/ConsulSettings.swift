/// How a registry is reached.
public struct ConsulSettings: Sendable, Hashable {
  /// Where it is; nil: `MUSTER_HTTP_ADDR`, else `CONSUL_HTTP_ADDR`, else 127.0.0.1:8500.
  public var address: ConsulAddress?
  /// What it is asked with; nil: `MUSTER_TOKEN`, else `CONSUL_HTTP_TOKEN`, else nothing.
  public var token: String?
  /// The host of instances that do not say one; nil: the address of this machine.
  public var host: String?
  /// How long a watch's query waits at the registry for a change, from 1 s to 10 min. A shorter time finds out sooner
  /// about a network that swallows packets and about a registry that has restarted with an earlier state, and asks more
  /// often. 30 s by default.
  public var wait: Duration
  /// How long any other request may take. 5 s by default.
  public var timeout: Duration
  /// The most bytes of an answer. 32 MiB by default: some 25,000 instances.
  public var answerBytes: Int
  /// The most instances of an answer. 25,000 by default.
  public var answerInstances: Int

  /// Settings that suit a registry nearby.
  public init(
    address: ConsulAddress? = nil, token: String? = nil, host: String? = nil, wait: Duration = .seconds(30),
    timeout: Duration = .seconds(5), answerBytes: Int = 32 << 20, answerInstances: Int = 25_000
  ) {
    self.address = address
    self.token = token
    self.host = host
    self.wait = wait
    self.timeout = timeout
    self.answerBytes = answerBytes
    self.answerInstances = answerInstances
  }
}
