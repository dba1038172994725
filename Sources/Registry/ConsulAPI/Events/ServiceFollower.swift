internal import MusterCatalog
internal import MusterJSON

/// Follows one service through the views of the catalog and says what changed from one to the next.
///
/// A pure value: the changes are those between the views it is shown, however many commits lie between them.
struct ServiceFollower {
  /// What an entry of an answer is made of; two that are the same are rendered alike.
  private struct Seen {
    let member: Member
    let node: Node
    let nodeChecks: [Check]

    init(_ entry: Entry) {
      member = entry.member
      node = entry.node.node
      nodeChecks = entry.node.checks
    }

    func shows(theSameAs other: Seen) -> Bool {
      member === other.member && node == other.node && nodeChecks == other.nodeChecks
    }
  }

  let service: String
  private let datacenter: String
  private var seen: [InstanceKey: Seen] = [:]
  private var index: UInt64 = 0

  /// Begins with what the catalog has now.
  init(_ service: String, datacenter: String, in catalog: Catalog) {
    self.service = service
    self.datacenter = datacenter
    _ = advance(to: catalog)
  }

  /// Everything, as the first event of a stream.
  func snapshot(of catalog: Catalog) -> [UInt8] {
    var writer = JSONWriter(reserving: 4_096)
    writer.healthEntries(Entry.all(of: service, in: catalog), datacenter: datacenter)
    return Self.event("snapshot", index: index, data: writer.bytes)
  }

  /// What changed since the last view; nil when nothing did.
  mutating func advance(to catalog: Catalog) -> [UInt8]? {
    index = catalog.index(of: .service(service))
    let entries = Entry.all(of: service, in: catalog)
    var now: [InstanceKey: Seen] = [:]
    var changed: [Entry] = []
    for entry in entries {
      let new = Seen(entry)
      now[entry.member.key] = new
      if seen[entry.member.key]?.shows(theSameAs: new) != true { changed.append(entry) }
    }
    let gone = seen.keys.filter { now[$0] == nil }.sorted()
    seen = now
    return changed.isEmpty && gone.isEmpty ? nil : render(changed, gone)
  }

  private func render(_ changed: [Entry], _ gone: [InstanceKey]) -> [UInt8] {
    var writer = JSONWriter(reserving: 2_048)
    writer.object { writer in
      writer.key("Changed")
      writer.healthEntries(changed, datacenter: datacenter)
      writer.key("Gone")
      writer.array { writer in
        for key in gone {
          writer.object {
            $0.field("Node", key.node)
            $0.field("ServiceID", key.id)
          }
        }
      }
    }
    return Self.event("change", index: index, data: writer.bytes)
  }

  /// An event in the form of the HTML standard's "Server-sent events". JSON has no line breaks, so one `data` line holds it.
  private static func event(_ name: String, index: UInt64, data: [UInt8]) -> [UInt8] {
    Array("event: \(name)\nid: \(index)\ndata: ".utf8) + data + Array("\n\n".utf8)
  }
}
