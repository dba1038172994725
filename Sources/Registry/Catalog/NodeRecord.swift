/// A node with everything that is registered on it.
public struct NodeRecord: Sendable {
  /// The node.
  public internal(set) var node: Node
  /// The checks of the whole node, in order of their ids.
  public internal(set) var checks: [Check] = []
  /// The instances by id.
  public internal(set) var members = PersistentMap<String, Member>()
  /// The revision of the last change of anything here.
  public internal(set) var revision: UInt64
  /// Which instance a check belongs to; nil for one of the whole node.
  var owners = PersistentMap<String, String?>()

  /// The check of that id, with the id of its instance.
  func check(_ id: String) -> Registration.PlacedCheck? {
    guard let owner = owners[id] else { return nil }
    let checks = owner.map { members[$0]?.checks ?? [] } ?? self.checks
    return checks.first { $0.id == id }.map { .init($0, of: owner) }
  }
}

/// The instances of one name.
struct ServiceRecord: Sendable {
  /// The name, kept so that all instances share one copy of it.
  let name: String
  /// The definition of the latest check, which those of the other instances tend to be equal to.
  var definition: CheckDefinition?
  /// Whether any instance has said in its metadata when the service is to be protected.
  var namesProtection = false
  /// The instances; none when the last one has gone and only the revision of that is remembered.
  var members = PersistentMap<InstanceKey, Member>()
  /// The revision of the last change of any of them, or of their nodes.
  var revision: UInt64

  /// Makes a check use the definition that is here already, where it is the same.
  func share(_ check: inout Check) {
    if let definition, definition == check.definition { check.definition = definition }
  }

  /// Adds or replaces an instance.
  mutating func put(_ member: Member) {
    members.set(member, for: member.key)
    if let definition = member.checks.first?.definition { self.definition = definition }
    if member.instance.meta[HealthPolicy.protectionKey] != nil { namesProtection = true }
  }
}
