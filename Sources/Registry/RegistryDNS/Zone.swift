internal import MusterDNS

/// What answers are made of besides the catalog: settings, checked and in the form of packets.
struct Zone: Sendable {
  /// The domains that are answered for, in lower case.
  let domains: [DomainName]
  /// The name of the datacenter, in lower case.
  let datacenter: [UInt8]
  /// The name of this server's node.
  let node: String
  /// Where this server listens; nil for a wildcard, where the node's address stands for it.
  let serverAddress: IPAddress?
  let onlyPassing: Bool
  /// How long answers may be remembered, in seconds.
  let ttl: UInt32

  init(_ settings: DNSSettings) throws(DNSServerError) {
    guard !settings.domains.isEmpty else {
      throw DNSServerError(.invalidSetting, "no domain is given; DNS needs at least one to answer for, such as consul")
    }
    var domains: [DomainName] = []
    for text in settings.domains {
      guard let name = DomainName(text), name != .root, name.bytes.count <= 128 else {
        throw DNSServerError(
          .invalidSetting,
          "the domain '\(text)' is not a domain name; give labels of 1 to 63 characters with dots between them,"
            + " at most 126 characters")
      }
      if !domains.contains(name.lowercased) { domains.append(name.lowercased) }
    }
    let datacenter = Array(settings.datacenter.utf8).map(\.lowercasedASCII)
    guard (1...DomainName.labelLimit).contains(datacenter.count) else {
      throw DNSServerError(
        .invalidSetting, "the datacenter '\(settings.datacenter)' can't be part of a name; give 1 to 63 characters")
    }
    self.domains = domains
    self.datacenter = datacenter
    node = settings.node
    let address = IPAddress(settings.host == "localhost" ? "127.0.0.1" : settings.host)
    serverAddress = address.flatMap { $0.bytes.allSatisfy { $0 == 0 } ? nil : $0 }
    onlyPassing = settings.onlyPassing
    ttl = UInt32(clamping: settings.ttl.components.seconds)
  }

  /// The name `<first>.<kind>.<datacenter>.<domain>`; nil if it is too long.
  func name(_ first: [UInt8], _ kind: String, under domain: DomainName) -> DomainName? {
    DomainName(labels: [first, Array(kind.utf8), datacenter])?.under(domain)
  }
}
