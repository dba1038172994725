internal import MusterCatalog
internal import MusterDNS

// Names that are not services.
extension AnswerBuilder {
  func addApex(_ question: Question, to content: inout AnswerContent) {
    if question.wants(.soa) { content.add(authority(of: question.domain)) }
    guard question.wants(.ns), let server = DomainName("ns")?.under(question.domain) else { return }
    content.add(ResourceRecord(question.name, ttl: zone.ttl, .nameServer(server)))
  }

  /// This server: the address it listens on, or that of its node.
  func addServer(_ question: Question, to content: inout AnswerContent) {
    let address = zone.serverAddress ?? catalog.node(zone.node).flatMap { IPAddress($0.node.address) }
    if let address { addAddress(address, question, to: &content) }
  }

  func addAddress(_ address: IPAddress, _ question: Question, to content: inout AnswerContent) {
    guard question.wants(address.recordType) else { return }
    content.add(ResourceRecord(question.name, ttl: zone.ttl, .address(address)))
  }

  /// Says whether there is such a node.
  func addNode(_ node: [UInt8], _ question: Question, to content: inout AnswerContent) -> Bool {
    let nodes = names.nodes(node).compactMap { catalog.node($0)?.node }
    var seen: Set<Host> = []
    for node in nodes {
      guard let host = Host(node.address), seen.insert(host).inserted else { continue }
      addHost(host, question, weight: 1, to: &content)
    }
    for node in nodes where question.wants(.txt) { addTexts(node.meta.pairs, question, to: &content) }
    return !nodes.isEmpty
  }

  /// Records for where something is. A name stands for one other at the most, and only where there is no address.
  func addHost(_ host: Host, _ question: Question, weight: UInt32, to content: inout AnswerContent) {
    switch host {
    case .address(let address) where question.wants(address.recordType):
      content.add(ResourceRecord(question.name, ttl: zone.ttl, .address(address)), weight: weight)
    case .name(let name) where [.a, .aaaa, .cname, .any].contains(question.type):
      content.givesOne = true
      content.add(ResourceRecord(question.name, ttl: zone.ttl, .alias(name)), weight: weight)
    default: break
    }
  }

  /// A record for each pair, as `key=value` (RFC 1464), in pieces where it is long.
  func addTexts(_ pairs: some Sequence<Labels.Pair>, _ question: Question, to content: inout AnswerContent) {
    for pair in pairs {
      let key = pair.key.utf8.flatMap { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "`") ? [0x60, $0] : [$0] }
      let text = key + [UInt8(ascii: "=")] + pair.value.utf8
      let pieces = stride(from: 0, to: text.count, by: 255).map { Array(text[$0..<min(text.count, $0 + 255)]) }
      content.add(ResourceRecord(question.name, ttl: zone.ttl, .text(pieces)))
    }
  }

  /// The names of whoever has the address; says whether anyone has.
  func addOwners(of address: IPAddress, _ question: Question, to content: inout AnswerContent) -> Bool {
    let owners = names.owners(of: address) { catalog }
    guard !owners.isEmpty, let domain = zone.domains.first else { return false }
    for owner in owners where question.wants(.ptr) {
      let name =
        switch owner {
        case .node(let node): zone.name(Array(node.utf8), "node", under: domain)
        case .service(let service): zone.name(Array(service.utf8), "service", under: domain)
        }
      if let name { content.add(ResourceRecord(question.name, ttl: zone.ttl, .pointer(name))) }
    }
    return true
  }
}

/// Where something is: an address, or the name of one.
enum Host: Hashable {
  case address(IPAddress)
  case name(DomainName)

  /// Nil for what is neither.
  init?(_ text: String) {
    if let address = IPAddress(text) {
      self = .address(address)
    } else if let name = DomainName(text), name != .root {
      self = .name(name)
    } else {
      return nil
    }
  }
}
