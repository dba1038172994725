/// The instances of one name.
struct ServiceRecord: Keyed {
  /// The name, kept so that all instances share one copy of it.
  let name: String
  /// The latest instance, which the others tend to resemble.
  var model: Member?
  /// Whether any instance has said in its metadata when the service is to be protected.
  var namesProtection = false
  /// The instances; none when the last one has gone and only the revision of that is remembered.
  var members = PersistentMap<Member>()
  /// The revision of the last change of any of them, or of their nodes.
  var revision: UInt64

  var key: String { name }

  /// Makes an instance use the values that are here already, where they are the same: it takes half the memory then.
  func share(_ instance: inout Instance) {
    instance.service = name
    guard let known = model?.instance else { return }
    let (tags, pairs) = (known.tags, known.meta.pairs)
    if instance.tags.elementsEqual(tags, by: { $0.hasBytes(of: $1) }) { instance.tags = tags }
    let isSameMeta = instance.meta.pairs.elementsEqual(pairs) {
      $0.key.hasBytes(of: $1.key) && $0.value.hasBytes(of: $1.value)
    }
    if isSameMeta { instance.meta = known.meta }
  }

  /// The same for a check.
  func share(_ check: inout Check) {
    guard let known = model?.checks.first else { return }
    if check.definition == known.definition { check.definition = known.definition }
    if check.name.hasBytes(of: known.name) { check.name = known.name }
    if check.notes.hasBytes(of: known.notes) { check.notes = known.notes }
  }

  /// Adds or replaces an instance.
  mutating func put(_ member: Member) {
    members.set(member)
    model = member
    if member.instance.meta[HealthPolicy.protectionKey] != nil { namesProtection = true }
  }
}
