internal import MusterCatalog
internal import MusterJSON

/// What a list has written and writes again where it comes again: copying is far cheaper than writing.
struct Repeats {
  /// The last node, and where its object and its own checks are.
  fileprivate var node: (node: EntryNode, object: JSONWriter.Passage)?
  fileprivate var nodeChecks: (node: EntryNode, elements: JSONWriter.Passage)?
  /// The fields of an instance that are always the same.
  fileprivate var mesh: JSONWriter.Passage?
  /// The last definition of a check, and where the fields are that it decides.
  var definition: (CheckDefinition, JSONWriter.Passage)?
}

extension JSONWriter {
  /// Instances with their nodes and all checks, as health queries show them.
  mutating func healthEntries(_ entries: [Entry], datacenter: String) {
    var repeats = Repeats()
    let start = length
    array { writer in
      for (index, entry) in entries.enumerated() {
        writer.healthEntry(entry, datacenter: datacenter, &repeats)
        // The others are about as long as the first; an eighth more covers most of the difference.
        if index == 0 { writer.reserve((writer.length - start) * 9 / 8 * (entries.count - 1)) }
      }
    }
  }

  private mutating func healthEntry(_ entry: Entry, datacenter: String, _ repeats: inout Repeats) {
    object { writer in
      writer.key("Node")
      writer.node(of: entry, datacenter: datacenter, &repeats)
      writer.key("Service")
      writer.instance(entry.member.instance, &repeats)
      writer.key("Checks")
      writer.array { writer in
        writer.nodeChecks(of: entry, &repeats)
        for check in entry.member.checks {
          writer.check(check, on: entry.node.node.name, of: entry.member, &repeats)
        }
      }
    }
  }

  private mutating func node(of entry: Entry, datacenter: String, _ repeats: inout Repeats) {
    if let (last, object) = repeats.node, last === entry.node { return write(again: object) }
    let object = passage { $0.node(entry.node.node, datacenter: datacenter) }
    repeats.node = (entry.node, object)
  }

  private mutating func nodeChecks(of entry: Entry, _ repeats: inout Repeats) {
    guard !entry.node.checks.isEmpty else { return }
    if let (last, elements) = repeats.nodeChecks, last === entry.node { return write(again: elements) }
    let elements = passage { writer in
      for check in entry.node.checks { writer.check(check, on: entry.node.node.name, of: nil, &repeats) }
    }
    repeats.nodeChecks = (entry.node, elements)
  }

  /// An instance inside an answer about health or a node.
  mutating func instance(_ instance: Instance, _ repeats: inout Repeats) {
    object { writer in
      writer.instanceFields(instance)
      if let mesh = repeats.mesh {
        writer.write(again: mesh)
      } else {
        repeats.mesh = writer.passage { writer in
          writer.meshFields("Proxy", "Connect")
          writer.field("PeerName", "")
        }
      }
      writer.revisions(create: instance.createRevision, modify: instance.modifyRevision)
    }
  }
}
