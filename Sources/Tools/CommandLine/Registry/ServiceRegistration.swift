internal import MusterJSON

/// What `muster register` tells the registry.
package struct ServiceRegistration: Equatable, Sendable {
  /// The service's name.
  package var name: String
  /// The instance's id.
  package var id: String
  /// Where it listens; the node's address when nil.
  package var address: String?
  /// The port it listens on.
  package var port: PortNumber
  /// Words that tell it from others of the service.
  package var tags: [String]
  /// Keys with values, each key once.
  package var meta: [MetaEntry]
  /// Its share of the load against others; 1 when nil.
  package var weight: Int?
  /// How its health is known.
  package var checks: [CheckSpecification]

  /// Makes a registration; without an id it is `NAME-PORT`, or `NAME-ADDRESS-PORT` with an address.
  package init(
    name: String, id: String? = nil, address: String? = nil, port: PortNumber, tags: [String] = [],
    meta: [MetaEntry] = [], weight: Int? = nil, checks: [CheckSpecification] = []
  ) {
    self.name = name
    self.id = id ?? [name, address, String(port.value)].compactMap(\.self).joined(separator: "-")
    self.address = address
    self.port = port
    self.tags = tags
    self.meta = meta
    self.weight = weight
    self.checks = checks
  }

  /// The ids of its TTL checks, which keep it alive, each with its time: Consul's rule numbers them when there are several.
  package var reports: [(checkID: String, within: TimeSpan)] {
    checks.enumerated().compactMap { offset, check in
      guard case .ttl(let span) = check.kind else { return nil }
      return ("service:\(id)" + (checks.count > 1 ? ":\(offset + 1)" : ""), span)
    }
  }

  /// The body of the request.
  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("ID", id)
      writer.field("Name", name)
      if let address { writer.field("Address", address) }
      writer.field("Port", port.value)
      writer.key("Tags")
      writer.array { writer in
        for tag in tags { writer.string(tag) }
      }
      writer.key("Meta")
      writer.object { writer in
        for entry in meta { writer.field(entry.key, entry.value) }
      }
      if let weight {
        writer.key("Weights")
        writer.object { writer in
          writer.field("Passing", weight)
          writer.field("Warning", 1)
        }
      }
      writer.key("Checks")
      writer.array { writer in
        for check in checks { check.write(to: &writer) }
      }
    }
    return writer.bytes
  }
}
