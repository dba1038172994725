internal import MusterCatalog
internal import MusterDNS

/// Makes answers: a pure function of the catalog and the zone, but for the choice among too many instances.
struct AnswerBuilder {
  let zone: Zone
  let names: NameIndex
  let catalog: Catalog

  /// Answers a question.
  ///
  /// - Parameters:
  ///   - name: the name, in lower case.
  ///   - type: what is asked for.
  ///   - generator: chooses among more instances than any packet holds.
  /// - Returns: the answer; nil if others are in charge of the name.
  func answer(
    _ name: DomainName, _ type: RecordType, using generator: inout some RandomNumberGenerator
  ) -> PreparedAnswer? {
    let lookup = Lookup(name, in: zone)
    var content = AnswerContent(name: name, type: type)
    let question = Question(name: name, type: type, domain: lookup.domain)
    var dependency = PreparedAnswer.Dependency.nothing
    var exists = true
    switch lookup.target {
    case .outside: return nil
    case .nothing: exists = false
    case .branch: break
    case .apex: addApex(question, to: &content)
    case .server:
      dependency = .node(zone.node.utf8.map(\.lowercasedASCII))
      addServer(question, to: &content)
    case .address(let address): addAddress(address, question, to: &content)
    case .node(let node):
      dependency = .node(node)
      exists = addNode(node, question, to: &content)
    case .service(let service, let tag):
      dependency = .service(service)
      exists = addService(service, tag: tag, question, to: &content, using: &generator)
    case .reverse(let address):
      dependency = .everything
      guard addOwners(of: address, question, to: &content) else { return nil }
    }
    if content.items.isEmpty, lookup.domain != .root { content.setAuthority(authority(of: lookup.domain)) }
    return PreparedAnswer(
      name: name, type: type, dependency: dependency, code: exists ? .noError : .nameError, content: content)
  }

  /// Who is in charge of a domain. Nobody may remember that something was not there: it may be, the next moment.
  func authority(of domain: DomainName) -> ResourceRecord {
    let server = DomainName("ns")?.under(domain) ?? domain
    let mailbox = DomainName("hostmaster")?.under(domain) ?? domain
    return ResourceRecord(
      domain, ttl: zone.ttl,
      .authority(
        .init(server: server, mailbox: mailbox, serial: UInt32(truncatingIfNeeded: catalog.revision), negativeTTL: 0)))
  }
}

/// What is asked.
struct Question {
  let name: DomainName
  let type: RecordType
  /// The domain that the name is in; the root for a reverse name.
  let domain: DomainName

  /// Whether records of that type are wanted.
  func wants(_ type: RecordType) -> Bool { self.type == type || self.type == .any }
}
