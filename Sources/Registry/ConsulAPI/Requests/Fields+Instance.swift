internal import MusterCatalog
internal import MusterJSON

extension Fields {
  /// The service in a body of `/v1/agent/service/register` (`Name`) or inside one of `/v1/catalog/register` (`Service`).
  func instance(nameField: String) throws(APIError) -> Instance {
    let service = try required(nameField, limit: Limits.name)
    let id = try text("ID", limit: Limits.name)
    return Instance(
      id: id.isEmpty ? service : id, service: service, tags: try tags(), address: try address("Address"),
      port: try integer("Port", in: 0...65_535, default: 0), meta: try labels("Meta"),
      taggedAddresses: try portedAddresses(), weights: try weights(), enableTagOverride: try bool("EnableTagOverride"))
  }

  private func tags() throws(APIError) -> [String] {
    let tags = try strings("Tags", limit: Limits.tags)
    for (index, tag) in tags.enumerated() { try Self.verify(tag, as: "Tags[\(index)]", limit: Limits.tag) }
    return tags
  }

  func labels(_ name: String) throws(APIError) -> Labels {
    var pairs: [(String, String)] = []
    for (path, key, value) in try entries(name, limit: Limits.metaPairs) {
      guard !key.isEmpty else { throw .badRequest("\(name) has an empty key") }
      try Self.verify(key, as: "\(name) key", limit: Limits.metaKey)
      guard let text = value.string else { throw Self.misfit(path, value, "a string") }
      guard text.utf8.count <= Limits.metaValue else {
        throw .badRequest("\(path) has \(text.utf8.count) bytes: at most \(Limits.metaValue) are allowed")
      }
      pairs.append((key, text))
    }
    return pairs.isEmpty ? [:] : Labels(pairs)
  }

  private func weights() throws(APIError) -> Instance.Weights {
    guard let fields = try object("Weights") else { return Instance.Weights() }
    return Instance.Weights(
      passing: try fields.integer("Passing", in: 1...Limits.weight, default: 1),
      warning: try fields.integer("Warning", in: 0...Limits.weight, default: 1))
  }

  private func portedAddresses() throws(APIError) -> [Instance.TaggedAddress] {
    var addresses: [Instance.TaggedAddress] = []
    for (path, tag, value) in try entries("TaggedAddresses", limit: Limits.taggedAddresses) {
      try Self.verify(tag, as: "TaggedAddresses key", limit: Limits.tag)
      let fields = try Self.object(value, path: path)
      addresses.append(
        .init(
          tag: tag, address: try fields.address("Address"),
          port: try fields.integer("Port", in: 0...65_535, default: 0)))
    }
    return addresses.sorted { $0.tag < $1.tag }
  }
}
