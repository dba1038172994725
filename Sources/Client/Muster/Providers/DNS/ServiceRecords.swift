internal import MusterDNS
internal import MusterDiscovery

/// The SRV records of an answer as instances.
struct ServiceRecords: Sendable {
  /// A record that may be called.
  struct Target: Sendable, Hashable {
    let name: DomainName
    let port: UInt16
    let weight: Int
  }

  /// The records of the lowest priority number: the others are for when all of these are away (RFC 2782), which DNS has no
  /// way to know. Those without a port, and the root, which stands for "not here", are left out.
  let targets: [Target]
  private let addresses: [DomainName: [IPAddress]]

  init(_ message: Message) {
    var best = UInt16.max
    var found: [(priority: UInt16, target: Target)] = []
    for record in message.answers {
      guard case .service(let priority, let weight, let port, let name) = record.content, port > 0, name != .root else {
        continue
      }
      best = min(best, priority)
      // A weight of 0 means "hardly ever", and not "never".
      found.append((priority, Target(name: name.lowercased, port: port, weight: max(1, Int(weight)))))
    }
    targets = found.filter { $0.priority == best }.map(\.target)
    addresses = Self.addresses(message.answers + message.additionals)
  }

  /// The addresses of names.
  static func addresses(_ records: [ResourceRecord]) -> [DomainName: [IPAddress]] {
    records.reduce(into: [:]) { addresses, record in
      if case .address(let address) = record.content { addresses[record.name.lowercased, default: []].append(address) }
    }
  }

  /// The addresses of a target that came with the answer.
  func addresses(of target: Target) -> [IPAddress] { Self.preferred(addresses[target.name] ?? []) }

  /// IPv4 if there are any: an instance with both is still one.
  static func preferred(_ addresses: [IPAddress]) -> [IPAddress] {
    let short = addresses.filter { !$0.isIPv6 }
    return short.isEmpty ? addresses : short
  }
}
