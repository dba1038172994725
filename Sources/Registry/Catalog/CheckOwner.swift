/// Which instance a check belongs to.
///
/// It is only kept where the check's id does not say it. The checks that come with an agent's registration are called
/// `service:<instance id>`, or `service:<instance id>:<n>` when there are several; they are most of all checks.
struct CheckOwner: Keyed {
  /// The check's id.
  let check: String
  /// The instance's id; nil for a check of the whole node.
  let instance: String?

  var key: String { check }

  private static let prefix = "service:"

  /// Whether a check's id says that it belongs to `instance`.
  static func isTold(by check: String, of instance: String?) -> Bool {
    guard let instance, check.hasBytes(of: prefix, at: 0), check.hasBytes(of: instance, at: prefix.utf8.count) else {
      return false
    }
    let rest = check.utf8.dropFirst(prefix.utf8.count + instance.utf8.count)
    let colon = UInt8(ascii: ":")
    return rest.isEmpty || rest.first == colon && !rest.dropFirst().contains(colon)
  }

  /// The ids that an instance with such a check may have: the number at the end may also be part of the instance's id.
  static func candidates(_ check: String) -> [Substring] {
    guard check.hasBytes(of: prefix, at: 0) else { return [] }
    let whole = check.utf8.dropFirst(prefix.utf8.count)
    guard let colon = whole.lastIndex(of: UInt8(ascii: ":")) else { return [Substring(whole)] }
    return [Substring(whole), Substring(whole[..<colon])]
  }
}

extension NodeRecord {
  /// The check of that id, with the id of its instance.
  func check(_ id: String) -> Registration.PlacedCheck? {
    for candidate in CheckOwner.candidates(id) {
      guard let member = member(String(candidate)), let check = member.checks.first(where: { $0.id == id }) else {
        continue
      }
      return .init(check, of: member.instance.id)
    }
    guard let owner = owners[id] else { return nil }
    let checks = owner.instance.map { member($0)?.checks ?? [] } ?? self.checks
    return checks.first { $0.id == id }.map { .init($0, of: owner.instance) }
  }

  /// Remembers whose a check is.
  mutating func own(_ check: String, by instance: String?) {
    if CheckOwner.isTold(by: check, of: instance) {
      owners.remove(check)
    } else {
      owners.set(CheckOwner(check: check, instance: instance))
    }
  }

  /// Forgets whose a check is.
  mutating func disown(_ check: String) { owners.remove(check) }
}
