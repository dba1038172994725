import MusterTiming
import Testing

@testable import MusterCatalog

/// What has to hold after every command, whatever it was. Keeps a model of its own, fed by the journal's steps alone.
final class Invariants {
  private let topics: [Topic]
  private var model = Contents()
  private(set) var accepted = 0
  private(set) var rejected = 0
  private(set) var kinds: Set<Event.Kind> = []

  /// Watches all nodes and services of these names.
  init(nodes: [String], services: [String]) {
    topics = [.services, .nodes, .checks] + nodes.map { .node($0) } + services.map { .service($0) }
  }

  func verify(_ before: Catalog, _ result: Result<Outcome, Rejection>, _ driver: CatalogDriver) {
    let earlier = model
    switch result {
    case .success(let outcome):
      accepted += 1
      verify(outcome, before, driver.catalog)
    case .failure:
      rejected += 1
      #expect(driver.catalog.revision == before.revision)
      #expect(topics.map(driver.catalog.revision(of:)) == topics.map(before.revision(of:)))
    }
    verifyTopics(earlier, before, (try? result.get())?.topics ?? [], driver.catalog)
    #expect(Contents(of: driver.catalog) == model, "the journal's steps give what the views show")
    verifyIndexes(driver.catalog)
    verifyTimers(driver)
  }

  private func verify(_ outcome: Outcome, _ before: Catalog, _ after: Catalog) {
    let revisions = outcome.events.map(\.revision)
    #expect(revisions == Array((before.revision + 1)..<(after.revision + 1)), "revisions rise by one an event")
    #expect(outcome.events.isEmpty == outcome.topics.isEmpty)
    for event in outcome.events {
      kinds.insert(event.kind)
      #expect(!event.cause.isEmpty)
      for change in event.changes {
        let makesSense = model.replay(change)
        #expect(makesSense, "\(change)")
      }
    }
  }

  /// Whoever is to be woken sees something else under a higher revision; nobody else does.
  private func verifyTopics(_ earlier: Contents, _ before: Catalog, _ woken: Set<Topic>, _ after: Catalog) {
    #expect(woken.isSubset(of: topics))
    for topic in topics {
      let isWoken = woken.contains(topic)
      let isChanged = earlier.view(of: topic) != model.view(of: topic)
      #expect(isWoken == isChanged, "\(topic) is woken: \(isWoken), shows something else: \(isChanged)")
      let (old, new) = (before.revision(of: topic), after.revision(of: topic))
      if isWoken {
        #expect(new > old, "\(topic) went from \(old) to \(new)")
      } else if case .node(let name) = topic, after.node(name) == nil {
        #expect(new >= old, "a node that is not there follows the list of nodes")
      } else {
        #expect(new == old, "\(topic) went from \(old) to \(new)")
      }
    }
  }

  /// Both indexes and the counts agree, and every check has its owner.
  private func verifyIndexes(_ catalog: Catalog) {
    var byService: [InstanceKey: ObjectIdentifier] = [:]
    for name in catalog.serviceNames {
      let members = catalog.members(of: name)
      #expect(!members.isEmpty)
      for member in members {
        #expect(member.instance.service == name)
        byService[member.key] = ObjectIdentifier(member)
      }
    }
    var byNode: [InstanceKey: ObjectIdentifier] = [:]
    for record in catalog.allNodes {
      var owners: [String: String?] = [:]
      for check in record.checks { owners.updateValue(nil, forKey: check.id) }
      for member in record.members.values {
        byNode[member.key] = ObjectIdentifier(member)
        for check in member.checks { owners.updateValue(member.instance.id, forKey: check.id) }
        #expect(member.checks.map(\.id) == member.checks.map(\.id).sorted())
      }
      for (check, owner) in owners { #expect(record.check(check)?.instance == .some(owner)) }
      var kept: [String: String?] = [:]
      record.owners.forEach { kept.updateValue($1.instance, forKey: $0) }
      #expect(kept == owners.filter { !CheckOwner.isTold(by: $0.key, of: $0.value) })
    }
    #expect(byNode == byService)
    #expect(catalog.instanceCount == byNode.count)
    #expect(catalog.serviceCount == catalog.serviceNames.count)
    #expect(catalog.nodeCount == catalog.allNodes.count)
  }

  /// A TTL check that is not critical will expire; what is critical and has a limit will be removed; nothing else.
  private func verifyTimers(_ driver: CatalogDriver) {
    var expected = 0
    for (key, placed) in model.checks {
      let (check, expiry, reaper) = (placed.check, CatalogTimer.expire(key), CatalogTimer.reap(key))
      let expires = driver.timers.deadline(of: expiry) != nil
      if check.definition.ttl == nil { #expect(!expires) } else { #expect(expires || check.status == .critical) }
      let isDue = placed.owner != nil && check.status == .critical && check.definition.deregisterAfter != nil
      #expect((driver.timers.deadline(of: reaper) != nil) == isDue, "\(placed)")
      expected += (expires ? 1 : 0) + (isDue ? 1 : 0)
    }
    #expect(driver.timers.count == expected, "there are no timers of checks that have gone")
  }
}
