internal import MusterCatalog

extension Entry {
  /// The instances that callers are to be given, with the weights that count now, and whether some of them are kept
  /// although they are critical; with `onlyPassing`, a warning is not good enough.
  static func given(
    _ service: String, in catalog: Catalog, _ parameters: Parameters, onlyPassing: Bool
  ) -> (entries: [Entry], isProtected: Bool) {
    let found = find(service, in: catalog, parameters)
    guard catalog.adjustsHealth(of: service) else {
      return (found.filter { !onlyPassing || $0.isPassing }, false)
    }
    let health = catalog.health(of: service)
    let standings = Dictionary(uniqueKeysWithValues: health.standings.map { ($0.member.key, $0) })
    let entries = found.compactMap { entry -> Entry? in
      guard let standing = standings[entry.member.key], !onlyPassing || standing.isGiven(onlyPassing: true) else {
        return nil
      }
      return Entry(node: entry.node, member: entry.member.reweighted(standing.weights))
    }
    return (entries, health.isProtected)
  }
}
