internal import MusterConsulDiscovery
internal import MusterDiscovery
internal import MusterHost
internal import MusterJSON

/// The content of a file with services.
struct ServiceFile: Sendable {
  /// The most bytes of a file.
  static let byteLimit = 4 << 20
  /// The most instances of a file.
  static let instanceLimit = 20_000

  private(set) var services: [String: [Instance]] = [:]

  /// - Throws: `.unavailable` when it can't be read.
  static func bytes(at path: String) throws(DiscoveryError) -> [UInt8] {
    do {
      return try Host.contents(ofFile: path, limit: byteLimit)
    } catch {
      throw DiscoveryError(.unavailable, error.message, cause: error)
    }
  }

  /// - Throws: `.invalidResponse` with the file and the place in it that is wrong.
  init(_ bytes: [UInt8], path: String) throws(DiscoveryError) {
    let json: JSON
    do {
      json = try JSON(parsing: bytes, limits: JSON.Limits(bytes: Self.byteLimit, depth: 16, values: 1 << 20))
    } catch {
      throw DiscoveryError(.invalidResponse, "\(path): \(error.message)", cause: error)
    }
    let file = AnswerPart(json, "", of: path)
    guard try file.keys(among: ["services"]).contains("services") else { throw file["services"].misfit("an object") }
    var ids: Set<String> = []
    for name in try file["services"].keys() {
      for part in try file["services"][name].elements() {
        let instance = try Self.instance(part, name)
        guard ids.insert(instance.id).inserted else { throw part["id"].misfit("an id that no other instance has") }
        guard ids.count <= Self.instanceLimit else {
          throw DiscoveryError(.invalidResponse, "\(path) has more than \(Self.instanceLimit) instances")
        }
        services[name, default: []].append(instance)
      }
    }
  }

  private static let keys = ["id", "host", "port", "tags", "metadata", "weight", "zone", "health"]

  private static func instance(_ part: AnswerPart, _ service: String) throws(DiscoveryError) -> Instance {
    guard part.isThere else { throw part.misfit("an object") }
    _ = try part.keys(among: keys)
    let port = try part["port"].integer(1...65_535, default: 0)
    guard port > 0 else { throw part["port"].misfit("a number from 1 to 65535") }
    let endpoint = Endpoint(host: try part["host"].text(), port: UInt16(port))
    var health = Health.passing
    if part["health"].isThere {
      guard let given = Health(rawValue: try part["health"].text()) else {
        throw part["health"].misfit("one of \(Health.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      health = given
    }
    let instance = Instance(
      id: part["id"].isThere ? try part["id"].text() : "\(service)-\(endpoint)", service: service, endpoint: endpoint,
      tags: try part["tags"].elements().map { tag throws(DiscoveryError) in try tag.text() },
      metadata: try part["metadata"].texts(),
      weight: try part["weight"].integer(0...Instance.maximumWeight, default: 1),
      zone: part["zone"].isThere ? try part["zone"].text() : nil, health: health)
    do {
      try Registration(instance).validate()
    } catch {
      throw DiscoveryError(.invalidResponse, "\(part.misfit("a sound instance").message): \(error.message)")
    }
    return instance
  }
}
