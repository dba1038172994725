internal import MusterCatalog
internal import MusterDNS

// The instances of a service.
extension AnswerBuilder {
  /// An instance that may be called, and where.
  struct Candidate {
    let instance: Instance
    let host: Host
    let weight: UInt32
  }

  /// As many A records as a packet can hold: 16 bytes each. Of more instances than that, a random choice is given.
  static let candidateLimit = 4_096

  /// Says whether there is anything of that name.
  func addService(
    _ service: [UInt8], tag: [UInt8]?, _ question: Question, to content: inout AnswerContent,
    using generator: inout some RandomNumberGenerator
  ) -> Bool {
    var candidates = candidates(service, tag: tag)
    if candidates.count > Self.candidateLimit {
      candidates.shuffle(using: &generator)
      candidates.removeLast(candidates.count - Self.candidateLimit)
    }
    addHosts(candidates, question, to: &content)
    if question.wants(.srv) { addServices(candidates, question, to: &content) }
    if question.wants(.txt) { addTexts(candidates, question, to: &content) }
    return !candidates.isEmpty
  }

  private func candidates(_ service: [UInt8], tag: [UInt8]?) -> [Candidate] {
    let worst = zone.onlyPassing ? HealthStatus.passing : .warning
    return names.services(service).flatMap { catalog.members(of: $0) }.compactMap { member in
      let instance = member.instance
      if let tag, !instance.tags.contains(where: { $0.utf8.lazy.map(\.lowercasedASCII).elementsEqual(tag) }) {
        return nil
      }
      let status = catalog.status(of: member)
      let address = instance.address.isEmpty ? catalog.node(member.node)?.node.address : instance.address
      guard status <= worst, let host = address.flatMap({ Host($0) }) else { return nil }
      let weight = status == .passing ? instance.weights.passing : instance.weights.warning
      return Candidate(instance: instance, host: host, weight: UInt32(UInt16(clamping: weight)))
    }
  }

  /// Each address once, with the weight of all that are there. Where some instances have addresses and others names,
  /// the addresses are given: a name can't stand for another one and have addresses too.
  private func addHosts(_ candidates: [Candidate], _ question: Question, to content: inout AnswerContent) {
    var weights: [Host: UInt32] = [:]
    var hosts: [Host] = []
    for candidate in candidates {
      if weights[candidate.host] == nil { hosts.append(candidate.host) }
      weights[candidate.host, default: 0] += candidate.weight
    }
    let isAddressed = hosts.contains { if case .address = $0 { true } else { false } }
    for host in hosts {
      if isAddressed, case .name = host { continue }
      // Next to other records of the same name there can be no CNAME.
      if question.type == .any, case .name = host { continue }
      addHost(host, question, weight: weights[host] ?? 0, to: &content)
    }
  }

  private func addServices(_ candidates: [Candidate], _ question: Question, to content: inout AnswerContent) {
    var seen: Set<IPAddress> = []
    for candidate in candidates {
      var target: DomainName?
      var additional: ResourceRecord?
      switch candidate.host {
      case .name(let name): target = name
      case .address(let address):
        target = zone.name(address.hexadecimal, "addr", under: question.domain)
        if let target, seen.insert(address).inserted {
          additional = ResourceRecord(target, ttl: zone.ttl, .address(address))
        }
      }
      guard let target else { continue }
      let service = ResourceRecord.Content.service(
        priority: 1, weight: UInt16(clamping: candidate.weight), port: UInt16(clamping: candidate.instance.port),
        target: target)
      content.add(
        ResourceRecord(question.name, ttl: zone.ttl, service), weight: candidate.weight, additional: additional)
    }
  }

  /// What the instances say of themselves; what several say is said once.
  private func addTexts(_ candidates: [Candidate], _ question: Question, to content: inout AnswerContent) {
    var seen: Set<[String]> = []
    let pairs = candidates.flatMap(\.instance.meta.pairs).filter { seen.insert([$0.key, $0.value]).inserted }
    addTexts(pairs, question, to: &content)
  }
}
