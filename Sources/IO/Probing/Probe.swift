/// Something to be looked at, and how.
public enum Probe: Sendable, Equatable {
  /// A request over HTTP.
  case http(HTTPProbe)
  /// A connection.
  case tcp(TCPProbe)
  /// The standard gRPC health service.
  case grpc(GRPCProbe)
  /// A call of a Thrift method.
  case thrift(ThriftProbe)
  /// A command.
  case exec(ExecProbe)
}

/// Where probes may go, and how.
public struct ProbeSettings: Sendable {
  /// The networks that may be probed; none means that all may.
  public var networks: [NetworkRange]
  /// Whether commands may be run.
  public var allowsCommands: Bool

  /// Settings; by default every network, and no commands.
  public init(networks: [NetworkRange] = [], allowsCommands: Bool = false) {
    self.networks = networks
    self.allowsCommands = allowsCommands
  }

  func allows(_ address: NetworkAddress) -> Bool {
    networks.isEmpty || networks.contains { $0.contains(address) }
  }
}
