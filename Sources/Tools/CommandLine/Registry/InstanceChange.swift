/// One difference between two lists of instances.
package enum InstanceChange: Equatable, Sendable {
  /// It was not there before.
  case added(ListedInstance)
  /// It is not there any more.
  case removed(ListedInstance)
  /// Its status is another one.
  case turned(ListedInstance, from: HealthStatus)
  /// Its address, port, tags, metadata or weight are others.
  case altered(ListedInstance, from: ListedInstance)

  /// All differences: removals first, then additions and changes in the order of the new list.
  ///
  /// Instances are the same when node and id are. An instance whose status and data both changed gives two changes.
  package static func between(_ old: [ListedInstance], _ new: [ListedInstance]) -> [InstanceChange] {
    struct Key: Hashable {
      let node: String
      let id: String
      init(_ instance: ListedInstance) {
        node = instance.node
        id = instance.id
      }
    }
    let before = Dictionary(old.map { (Key($0), $0) }) { first, _ in first }
    let now = Set(new.map(Key.init))
    return old.filter { !now.contains(Key($0)) }.map { .removed($0) }
      + new.flatMap { instance in
        before[Key(instance)].map { changes(of: instance, from: $0) } ?? [.added(instance)]
      }
  }

  private static func changes(of new: ListedInstance, from old: ListedInstance) -> [InstanceChange] {
    var changes: [InstanceChange] = []
    var expected = old
    expected.status = new.status
    expected.output = new.output
    if expected != new { changes.append(.altered(new, from: old)) }
    if old.status != new.status { changes.append(.turned(new, from: old.status)) }
    return changes
  }

  /// The change as a line for people: `+ web-1 10.0.0.1:80 passing`.
  package func line(colour: Bool) -> String {
    switch self {
    case .added(let instance):
      return "\(mark("+", .green, colour)) \(name(instance)) \(styled(instance, colour))\(reason(instance))"
    case .removed(let instance):
      return "\(mark("-", .red, colour)) \(name(instance))"
    case .turned(let instance, let old):
      let from = old.style.apply(to: old.rawValue, colour: colour)
      let what = "\(from) → \(styled(instance, colour))\(reason(instance))"
      return "\(mark("~", .yellow, colour)) \(PrintableText.line(instance.id)) \(what)"
    case .altered(let instance, let old):
      let place = old.endpoint == instance.endpoint ? "its tags, metadata or weight changed" : "was \(old.endpoint)"
      return "\(mark("~", .yellow, colour)) \(name(instance)) \(PrintableText.line(place))"
    }
  }

  private func mark(_ sign: String, _ style: TextStyle, _ colour: Bool) -> String {
    style.apply(to: sign, colour: colour)
  }

  private func name(_ instance: ListedInstance) -> String {
    PrintableText.line("\(instance.id) \(instance.endpoint)")
  }

  private func styled(_ instance: ListedInstance, _ colour: Bool) -> String {
    instance.status.style.apply(to: instance.status.rawValue, colour: colour)
  }

  /// Outputs can be pages long: their beginning has to do.
  private func reason(_ instance: ListedInstance) -> String {
    guard instance.status != .passing, !instance.output.isEmpty else { return "" }
    return ": " + TextWidth.cut(PrintableText.line(instance.output), to: 200)
  }
}
