/// One running copy of a service.
public struct Instance: Sendable, Hashable, Identifiable {
  /// What tells it from all other instances of its registry.
  public var id: String
  /// The name of its service.
  public var service: String
  /// Where it takes calls.
  public var endpoint: Endpoint
  /// Words to choose instances by, such as `v2` or `canary`.
  public var tags: [String]
  /// What callers may want to know of it.
  public var metadata: [String: String]
  /// Its share of the calls beside other instances: 0 … 65,535, where 0 means none and 1 is the default.
  public var weight: Int
  /// Where it runs, such as a rack or an availability zone; nil if nobody said.
  public var zone: String?
  /// How well it is, as far as its registry knows.
  public var health: Health

  /// The heaviest weight.
  public static let maximumWeight = 65_535

  /// An instance that is well; a weight out of range is brought into it.
  public init(
    id: String, service: String, endpoint: Endpoint, tags: [String] = [], metadata: [String: String] = [:],
    weight: Int = 1, zone: String? = nil, health: Health = .passing
  ) {
    self.id = id
    self.service = service
    self.endpoint = endpoint
    self.tags = tags
    self.metadata = metadata
    self.weight = min(max(weight, 0), Self.maximumWeight)
    self.zone = zone
    self.health = health
  }
}
