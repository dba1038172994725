import MusterCatalog
import MusterDNS
import MusterEngine
import MusterJournal
import MusterThreading

@testable import MusterRegistryDNS

/// A registry, and a responder that is asked without any network.
final class World {
  let registry: Registry
  private var responder: Responder

  init(_ settings: DNSSettings = World.settings, forwards: Bool = false, seed: UInt64 = 1) throws {
    registry = try Registry(journal: MemoryJournal())
    let zone = try Zone(settings)
    let store = AnswerStore(registry, zone, cacheBytes: settings.limits.cacheBytes)
    responder = Responder(store, udpLimit: settings.limits.udpPayload, forwards: forwards, seed: seed)
  }

  deinit { registry.stop() }

  static var settings: DNSSettings {
    var settings = DNSSettings()
    settings.node = "here"
    settings.host = "0.0.0.0"
    return settings
  }

  func carryOut(_ command: Command) throws {
    let reply = Mailbox<Result<Outcome, RegistryError>>(capacity: 1)
    registry.submit(command) { reply.push($0) }
    _ = try reply.takeAll(upTo: 1, until: nil).first?.get()
  }

  func node(_ name: String, _ address: String, meta: Labels = [:], checks: [Check] = []) throws {
    try carryOut(
      .register(
        Registration(
          node: name, nodeUpdate: Node(name: name, address: address, meta: meta),
          checks: checks.map { .init($0, of: nil) }, statuses: .asGiven)))
  }

  /// Registers `id` of `service` with a check of that status, on the node `n1` unless another is given.
  func instance(
    _ service: String, _ id: String, _ address: String, port: Int = 80, tags: [String] = [], meta: Labels = [:],
    weights: Instance.Weights = .init(), status: HealthStatus = .passing, node: String = "n1"
  ) throws {
    let nodeUpdate = registry.catalog.node(node) == nil ? Node(name: node, address: "10.9.9.9") : nil
    let instance = Instance(
      id: id, service: service, tags: tags, address: address, port: port, meta: meta, weights: weights)
    try carryOut(
      .register(
        Registration(
          node: node, nodeUpdate: nodeUpdate, instance: instance,
          checks: [.init(Check(id: "check-\(id)", name: "", status: status), of: id)], statuses: .asGiven)))
  }

  /// The answer's packet; nil if there is none.
  func respond(_ packet: [UInt8], over transport: Responder.Transport = .udp) -> [UInt8]? {
    guard case .reply = responder.respond(to: packet.span, over: transport) else { return nil }
    return responder.reply
  }

  /// The answer to a question; nil if there is none that can be read.
  func ask(
    _ name: String, _ type: RecordType = .a, edns: UInt16? = nil, over transport: Responder.Transport = .udp
  ) -> Message? {
    guard let name = DomainName(name) else { return nil }
    var writer = PacketWriter()
    writer.start(id: 99, flags: .recursionDesired, questions: 1)
    writer.question(name, type)
    if let edns { writer.addOption(payloadSize: edns, .noError) }
    return respond(writer.bytes, over: transport).flatMap { Message($0.span) }
  }

  /// What a question is answered with, in words: sorted, since the order is random.
  func answers(_ name: String, _ type: RecordType = .a) -> [String] {
    (ask(name, type)?.answers ?? []).map(\.words).sorted()
  }
}

extension ResourceRecord {
  /// The content as in a zone file.
  var words: String {
    switch content {
    case .address(let address): "\(address)"
    case .nameServer(let name), .alias(let name), .pointer(let name): "\(name)"
    case .service(let priority, let weight, let port, let target): "\(priority) \(weight) \(port) \(target)"
    case .text(let strings): strings.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|")
    case .authority(let authority): "\(authority.server) \(authority.mailbox) \(authority.negativeTTL)"
    case .other(let type, let data): "TYPE\(type.rawValue) \(data)"
    }
  }
}
