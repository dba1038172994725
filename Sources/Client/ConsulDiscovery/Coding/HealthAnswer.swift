internal import MusterDiscovery
internal import MusterJSON

/// What `/v1/health/service/NAME` answers.
enum HealthAnswer {
  /// The callable instances of a service.
  ///
  /// Instances without a port are left out, as nobody can call them; so are those of services whose name differs in case.
  ///
  /// - Throws: `.invalidResponse` that says which part of the answer makes no sense.
  static func instances(
    of service: String, in body: [UInt8], _ settings: ConsulSettings
  ) throws(DiscoveryError) -> [Instance] {
    let json: JSON
    do {
      json = try JSON(
        parsing: body,
        limits: JSON.Limits(bytes: settings.answerBytes, depth: 32, values: max(4_096, settings.answerBytes / 8)))
    } catch {
      throw DiscoveryError(.invalidResponse, "the registry's answer is not JSON: \(error.message)", cause: error)
    }
    guard let entries = json.array else { throw AnswerPart(json, "").misfit("a list of instances") }
    guard entries.count <= settings.answerInstances else {
      throw DiscoveryError(
        .invalidResponse,
        "the registry's answer has \(entries.count) instances: \(settings.answerInstances) are allowed")
    }
    var found: [(node: String, instance: Instance)] = []
    for (index, entry) in entries.enumerated() {
      let part = AnswerPart(entry, "[\(index)]")
      guard let instance = try Self.instance(part), instance.service.utf8.elementsEqual(service.utf8) else { continue }
      found.append((try part["Node"]["Node"].text(), instance))
    }
    return Snapshot(service: service, instances: distinct(found)).instances
  }

  /// An id is only unique on its node: what is there more than once gets the node's name before it.
  private static func distinct(_ found: [(node: String, instance: Instance)]) -> [Instance] {
    let counts = found.reduce(into: [String: Int]()) { $0[$1.instance.id, default: 0] += 1 }
    return found.map { node, instance in
      var instance = instance
      if counts[instance.id, default: 1] > 1 { instance.id = "\(node)/\(instance.id)" }
      return instance
    }
  }

  private static func instance(_ entry: AnswerPart) throws(DiscoveryError) -> Instance? {
    let service = entry["Service"]
    let id = try service["ID"].text()
    guard !id.isEmpty else { throw service["ID"].misfit("a text that is not empty") }
    let health = try health(entry["Checks"])
    let own = try service["Address"].text()
    let host = own.isEmpty ? try entry["Node"]["Address"].text() : own
    guard (1...255).contains(host.utf8.count) else { throw service["Address"].misfit("a text of 1 to 255 bytes") }
    let port = try service["Port"].integer(0...65_535, default: 0)
    var metadata = try service["Meta"].texts()
    let zone = metadata.removeValue(forKey: RegistrationBody.zoneKey)
    let isWeightless = metadata.removeValue(forKey: RegistrationBody.weightKey) == "0"
    let weight = try service["Weights"][health == .warning ? "Warning" : "Passing"].integer(
      0...Int(Int32.max), default: 1)
    guard port > 0 else { return nil }
    return Instance(
      id: id, service: try service["Service"].text(), endpoint: Endpoint(host: host, port: UInt16(port)),
      tags: try service["Tags"].elements().map { part throws(DiscoveryError) in try part.text() },
      metadata: metadata, weight: isWeightless ? 0 : weight, zone: zone.flatMap { $0.isEmpty ? nil : $0 },
      health: health)
  }

  /// The worst of the checks. A status that is not known is no reason to send calls there.
  private static func health(_ checks: AnswerPart) throws(DiscoveryError) -> Health {
    var worst = Health.passing
    for check in try checks.elements() {
      let id = try check["CheckID"].text()
      let isMaintenance = id == "_node_maintenance" || id.hasPrefix("_service_maintenance")
      let status = try check["Status"].text()
      let health = isMaintenance ? .maintenance : Health(rawValue: status) ?? .critical
      let order = Health.allCases
      if (order.firstIndex(of: health) ?? 0) > (order.firstIndex(of: worst) ?? 0) { worst = health }
    }
    return worst
  }
}
