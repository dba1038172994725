internal import MusterCatalog
internal import MusterDNS
internal import MusterThreading

/// What the catalog does not know by itself: names by their letters in lower case, and who has an address.
///
/// Follows the catalog's changes, at a cost that goes with what has changed.
final class NameIndex: Sendable {
  private struct State {
    /// The names that have capital letters, by the same in lower case; most have none and are not here.
    var services: [[UInt8]: Set<String>] = [:]
    var nodes: [[UInt8]: Set<String>] = [:]
    /// Who has an address: kept from the first time that someone asks.
    var owners: OwnerIndex?
  }

  private let state = Locked(State())

  /// Reads the whole catalog once. Changes must be noted from before `catalog` was taken.
  init() {}

  func load(_ catalog: Catalog) {
    let nodes = catalog.allNodes.map(\.node.name)
    note(Set(catalog.serviceNames.map { Topic.service($0) } + nodes.map { Topic.node($0) }), catalog)
  }

  /// Takes in what has changed; `catalog` is the state after that, or a later one.
  func note(_ topics: Set<Topic>, _ catalog: Catalog) {
    state.withLock { state in
      for topic in topics {
        switch topic {
        case .service(let name):
          Self.note(name, in: &state.services) { !catalog.members(of: name).isEmpty }
        case .node(let name):
          Self.note(name, in: &state.nodes) { catalog.node(name) != nil }
          if state.owners?.markChanged(name) == false { state.owners = nil }
        default: break
        }
      }
    }
  }

  private static func note(_ name: String, in names: inout [[UInt8]: Set<String>], isThere: () -> Bool) {
    guard name.utf8.contains(where: { $0 != $0.lowercasedASCII }) else { return }
    let key = name.utf8.map(\.lowercasedASCII)
    if isThere() {
      names[key, default: []].insert(name)
    } else if names[key]?.remove(name) != nil, names[key]?.isEmpty == true {
      names[key] = nil
    }
  }

  /// The services of that name in whatever case, and perhaps some that have gone.
  func services(_ name: [UInt8]) -> [String] {
    Self.spellings(name, state.withLock { $0.services[name] })
  }

  /// The nodes of that name in whatever case, and perhaps some that have gone.
  func nodes(_ name: [UInt8]) -> [String] {
    Self.spellings(name, state.withLock { $0.nodes[name] })
  }

  private static func spellings(_ name: [UInt8], _ others: Set<String>?) -> [String] {
    [String(decoding: name, as: UTF8.self)] + (others ?? []).sorted()
  }

  /// Who has the address, by what `catalog` gives.
  func owners(of address: IPAddress, _ catalog: () -> Catalog) -> [AddressOwner] {
    state.withLock { state in
      var index = state.owners.take() ?? OwnerIndex(catalog())
      index.update(catalog())
      defer { state.owners = index }
      return index.owners(of: address)
    }
  }
}
