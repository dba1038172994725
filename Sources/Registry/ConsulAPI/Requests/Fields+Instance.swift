internal import MusterCatalog
internal import MusterJSON

extension Fields {
  /// The service in a body of `/v1/agent/service/register` (`Name`) or inside one of `/v1/catalog/register` (`Service`).
  func instance(nameField: String) throws(APIError) -> Instance {
    let service = try required(nameField, limit: Limits.name)
    let id = try text("ID", limit: Limits.name)
    let meta = try labels("Meta")
    if let share = meta[HealthPolicy.protectionKey], HealthPolicy.share(share) == nil {
      throw .badRequest(
        "\(path(of: "Meta")).\(HealthPolicy.protectionKey): \(share.shortened.debugDescription) is not a share from 0 to 1"
      )
    }
    return Instance(
      id: id.isEmpty ? service : id, service: service, tags: try tags(), address: try address("Address"),
      port: try integer("Port", in: 0...65_535, default: 0), meta: meta,
      taggedAddresses: try portedAddresses(), weights: try weights(), enableTagOverride: try bool("EnableTagOverride"))
  }

  private func tags() throws(APIError) -> [String] {
    let tags = try strings("Tags", limit: Limits.tags)
    for (index, tag) in tags.enumerated() { try Self.verify(tag, as: path(of: "Tags[\(index)]"), limit: Limits.tag) }
    return tags
  }

  func labels(_ name: String) throws(APIError) -> Labels {
    let members = try entries(name, limit: Limits.metaPairs)
    guard !members.isEmpty else { return [:] }
    var pairs: [(String, String)] = []
    for member in members {
      guard !member.key.isEmpty else { throw .badRequest("\(path(of: name)) has an empty key") }
      try Self.verify(member.key, as: "\(path(of: name)) key", limit: Limits.metaKey)
      guard let text = member.value.string else {
        throw misfit("\(name).\(member.key.shortened)", member.value, "a string")
      }
      // Control characters are the owner's business here: metadata is carried, never interpreted.
      try Self.verify(
        text, as: "\(path(of: name)).\(member.key.shortened)", limit: Limits.metaValue, allowsControl: true)
      pairs.append((member.key, text))
    }
    return Labels(pairs)
  }

  private func weights() throws(APIError) -> Instance.Weights {
    guard let fields = try object("Weights") else { return Instance.Weights() }
    return Instance.Weights(
      passing: try fields.integer("Passing", in: 1...Limits.weight, default: 1),
      warning: try fields.integer("Warning", in: 0...Limits.weight, default: 1))
  }

  private func portedAddresses() throws(APIError) -> [Instance.TaggedAddress] {
    var addresses: [Instance.TaggedAddress] = []
    for member in try entries("TaggedAddresses", limit: Limits.taggedAddresses) {
      guard !member.key.isEmpty else { throw .badRequest("\(path(of: "TaggedAddresses")) has an empty key") }
      try Self.verify(member.key, as: "\(path(of: "TaggedAddresses")) key", limit: Limits.tag)
      let fields = try object(member.value, at: "TaggedAddresses.\(member.key.shortened)")
      addresses.append(
        .init(
          tag: member.key, address: try fields.address("Address"),
          port: try fields.integer("Port", in: 0...65_535, default: 0)))
    }
    return addresses.sorted { $0.tag < $1.tag }
  }
}
