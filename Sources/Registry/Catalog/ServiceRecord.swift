/// The instances of one name.
struct ServiceRecord: Keyed {
  /// The name, kept so that all instances share one copy of it.
  let name: String
  /// The definition of the latest check, which those of the other instances tend to be equal to.
  var definition: CheckDefinition?
  /// Whether any instance has said in its metadata when the service is to be protected.
  var namesProtection = false
  /// The instances; none when the last one has gone and only the revision of that is remembered.
  var members = PersistentMap<Member>()
  /// The revision of the last change of any of them, or of their nodes.
  var revision: UInt64

  var key: String { name }

  /// Makes a check use the definition that is here already, where it is the same.
  func share(_ check: inout Check) {
    if let definition, definition == check.definition { check.definition = definition }
  }

  /// Adds or replaces an instance.
  mutating func put(_ member: Member) {
    members.set(member)
    if let definition = member.checks.first?.definition { self.definition = definition }
    if member.instance.meta[HealthPolicy.protectionKey] != nil { namesProtection = true }
  }
}
