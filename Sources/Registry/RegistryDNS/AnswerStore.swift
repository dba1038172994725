internal import MusterCatalog
internal import MusterDNS
internal import MusterEngine

/// All that the threads share: the catalog and the answers that were made from it.
final class AnswerStore: Sendable {
  let zone: Zone
  let cache: AnswerCache
  private let names = NameIndex()
  private let registry: Registry

  /// Follows the registry from now on, as long as this lives.
  init(_ registry: Registry, _ zone: Zone, cacheBytes: Int) {
    self.zone = zone
    self.registry = registry
    cache = AnswerCache(bytes: cacheBytes)
    registry.observe { [weak self, weak registry] topics in
      guard let self, let registry else { return }
      names.note(topics, registry.catalog)
      cache.invalidate(topics.lazy.compactMap { PreparedAnswer.Dependency($0) })
    }
    names.load(registry.catalog)
  }

  /// The answer to a question in lower case; nil if others are in charge of the name.
  func answer(
    _ name: DomainName, _ type: RecordType, using generator: inout some RandomNumberGenerator
  ) -> PreparedAnswer? {
    let key = AnswerCache.Key(name: name.bytes, type: type.rawValue)
    if let answer = cache.find(key) { return answer }
    let epoch = cache.epoch
    let builder = AnswerBuilder(zone: zone, names: names, catalog: registry.catalog)
    guard let answer = builder.answer(name, type, using: &generator) else { return nil }
    // Names that are not there can be made up without end, and cost little to answer.
    if answer.code == .noError { cache.insert(answer, key) { cache.epoch == epoch } }
    return answer
  }
}

extension PreparedAnswer.Dependency {
  /// What depends on a topic; nil if nothing does.
  init?(_ topic: Topic) {
    switch topic {
    case .service(let name): self = .service(name.utf8.map(\.lowercasedASCII))
    case .node(let name): self = .node(name.utf8.map(\.lowercasedASCII))
    default: return nil
    }
  }
}
