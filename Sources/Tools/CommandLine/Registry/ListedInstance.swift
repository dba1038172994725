package import MusterJSON

/// An instance of a service as the registry lists it.
package struct ListedInstance: Equatable, Sendable {
  /// The id, unique on its node.
  package var id: String
  /// The service's name.
  package var service: String
  /// Where to reach it: the service's address, else its node's.
  package var address: String
  /// The port.
  package var port: Int
  /// What its checks say together.
  package var status: HealthStatus
  /// The output of the check that decides the status; empty when all pass.
  package var output: String
  /// The name of its node.
  package var node: String
  /// Its tags.
  package var tags: [String]
  /// Its metadata.
  package var meta: [JSON.Member]
  /// Its share of the load when it passes.
  package var weight: Int

  /// Address and port in one word, IPv6 in brackets.
  package var endpoint: String {
    address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
  }

  /// Reads an element of `/v1/health/service/NAME`.
  package init(_ entry: JSON) throws(CommandError) {
    let service = entry["Service"] ?? .null
    let node = entry["Node"] ?? .null
    id = try service.text("ID")
    self.service = try service.text("Service")
    let own = try service.text("Address")
    address = own.isEmpty ? try node.text("Address") : own
    port = try service.count("Port")
    self.node = try node.text("Node")
    tags = try service.texts("Tags")
    meta = service["Meta"]?.object ?? []
    weight = try service["Weights"]?.count("Passing") ?? 1
    status = .passing
    output = ""
    for check in try (entry["Checks"] ?? .null).elements("Checks") {
      try take(check)
    }
  }

  /// Lets a check worsen the status.
  private mutating func take(_ check: JSON) throws(CommandError) {
    let id = try check.text("CheckID")
    let isMaintenance = id.hasPrefix("_service_maintenance:") || id == "_node_maintenance"
    let text = try check.text("Status")
    // A status this version does not know is not a reason to send traffic there.
    let status = isMaintenance ? .maintenance : HealthStatus(rawValue: text) ?? .critical
    guard status.severity > self.status.severity else { return }
    self.status = status
    output = try check.text(isMaintenance ? "Notes" : "Output")
  }
}

extension ListedInstance {
  /// Writes it for programs.
  package func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("service", service)
      writer.field("address", address)
      writer.field("port", port)
      writer.field("status", status.rawValue)
      writer.field("node", node)
      writer.key("tags")
      writer.array { writer in
        for tag in tags { writer.string(tag) }
      }
      writer.key("meta")
      writer.value(.object(meta))
      writer.field("weight", weight)
    }
  }
}
