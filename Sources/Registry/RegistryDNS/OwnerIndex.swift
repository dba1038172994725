internal import MusterCatalog
internal import MusterDNS

/// Who has an address.
enum AddressOwner: Sendable, Hashable, Comparable {
  case node(String)
  case service(String)
}

/// Who has which address. Nodes that change are read again only when someone asks.
struct OwnerIndex: Sendable {
  private typealias Entry = (address: IPAddress, owner: AddressOwner)

  private var owners: [IPAddress: [AddressOwner: Int]] = [:]
  private var addresses: [String: [(address: IPAddress, owner: AddressOwner)]] = [:]
  private var changed: Set<String> = []
  /// When so many nodes have changed and nobody has asked, the index is not worth keeping.
  private static let changeLimit = 10_000

  init(_ catalog: Catalog) {
    for record in catalog.allNodes { insert(record) }
  }

  /// Remembers that a node must be read again; false if the index should be let go instead.
  mutating func markChanged(_ node: String) -> Bool {
    changed.insert(node)
    return changed.count <= Self.changeLimit
  }

  /// Reads what has changed.
  mutating func update(_ catalog: Catalog) {
    for node in changed {
      remove(node)
      if let record = catalog.node(node) { insert(record) }
    }
    changed = []
  }

  /// The owners of an address, nodes before services.
  func owners(of address: IPAddress) -> [AddressOwner] {
    (owners[address]?.keys).map { $0.sorted() } ?? []
  }

  private mutating func insert(_ record: NodeRecord) {
    var entries: [Entry] = []
    if let address = IPAddress(record.node.address) { entries.append((address, .node(record.node.name))) }
    record.members.forEach { _, member in
      if let address = IPAddress(member.instance.address) {
        entries.append((address, .service(member.instance.service)))
      }
    }
    for entry in entries { owners[entry.address, default: [:]][entry.owner, default: 0] += 1 }
    addresses[record.node.name] = entries
  }

  private mutating func remove(_ node: String) {
    for entry in addresses.removeValue(forKey: node) ?? [] {
      guard let count = owners[entry.address]?[entry.owner] else { continue }
      owners[entry.address]?[entry.owner] = count > 1 ? count - 1 : nil
      if owners[entry.address]?.isEmpty == true { owners[entry.address] = nil }
    }
  }
}
