/// How DNS is served.
public struct DNSSettings: Sendable {
  /// A server that other names are forwarded to.
  public struct Recursor: Sendable, Equatable {
    /// Its IPv4 or IPv6 address.
    public var host: String
    /// Its port.
    public var port: UInt16

    /// The server at that address; port 53 unless given.
    public init(host: String, port: UInt16 = 53) {
      self.host = host
      self.port = port
    }
  }

  /// What is taken from clients at most.
  public struct Limits: Sendable {
    /// The most bytes of an answer over UDP, whatever a client offers to take; 512 to 65,000. Larger ones travel in
    /// pieces, and are lost with any of them.
    public var udpPayload = 4_096
    /// How many TCP connections are open at once; a further one takes the place of the one that was silent longest.
    public var tcpConnections = 1_024
    /// How long a TCP connection may be silent.
    public var tcpIdle = Duration.seconds(10)
    /// How many forwarded queries wait for the recursor at once, over all threads; further ones fail.
    public var forwardedQueries = 1_024
    /// How long the recursor has for an answer.
    public var forwardTimeout = Duration.seconds(2)
    /// The most memory for prepared answers, in bytes.
    public var cacheBytes = 16 << 20

    /// The defaults.
    public init() {}
  }

  /// The IPv4 or IPv6 address to listen on.
  public var host = "127.0.0.1"
  /// The port, of UDP and of TCP; 0 takes any that is free.
  public var port: UInt16 = 8_600
  /// The domains that are answered for.
  public var domains = ["consul", "muster"]
  /// The name of the datacenter, which names may contain.
  public var datacenter = "dc1"
  /// The name of this server's node in the catalog.
  public var node = ""
  /// Whether instances with a warning are left out too.
  public var onlyPassing = false
  /// How long answers may be remembered, in whole seconds. Zero asks everyone to ask again each time, so that whoever
  /// is gone is gone at once.
  public var ttl = Duration.zero
  /// Threads, each with sockets of its own; 1 to 64.
  public var threads = 1
  /// Where names of other domains are forwarded to; they are refused where this is nil.
  public var recursor: Recursor?
  /// What is taken from clients at most.
  public var limits = Limits()

  /// The defaults.
  public init() {}
}
