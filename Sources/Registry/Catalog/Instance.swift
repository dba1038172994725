/// One running copy of a service on a node.
public struct Instance: Sendable, Equatable {
  /// How much of the traffic an instance should get, by status.
  public struct Weights: Sendable, Equatable {
    /// The weight while all checks pass.
    public var passing: Int
    /// The weight while the worst check is warning.
    public var warning: Int

    /// Both weights; 1 unless given.
    public init(passing: Int = 1, warning: Int = 1) {
      self.passing = passing
      self.warning = warning
    }
  }

  /// An address with its port, for a particular kind of caller.
  public struct TaggedAddress: Sendable, Equatable {
    /// The kind, such as `lan` or `wan_ipv4`.
    public let tag: String
    /// The address.
    public let address: String
    /// The port.
    public let port: Int

    /// An address for callers of the kind `tag`.
    public init(tag: String, address: String, port: Int) {
      self.tag = tag
      self.address = address
      self.port = port
    }
  }

  /// The id, unique on its node.
  public var id: String
  /// The service's name.
  public var service: String
  /// Labels that look-ups can ask for.
  public var tags: [String]
  /// Where it listens; empty means at the node's address.
  public var address: String
  /// The port, 0 when it has none.
  public var port: Int
  /// Free key-value pairs.
  public var meta: Labels
  /// Addresses for particular callers, in order of their tags.
  public var taggedAddresses: [TaggedAddress]
  /// The share of traffic by status.
  public var weights: Weights
  /// Whether others may change the tags; kept for clients that set it.
  public var enableTagOverride: Bool
  /// The revision in which the instance first appeared.
  public var createRevision: UInt64 = 0
  /// The revision of the last change of the fields above.
  public var modifyRevision: UInt64 = 0

  /// An instance as given by a client; the revisions are the catalog's to set.
  public init(
    id: String, service: String, tags: [String] = [], address: String = "", port: Int = 0, meta: Labels = [:],
    taggedAddresses: [TaggedAddress] = [], weights: Weights = Weights(), enableTagOverride: Bool = false
  ) {
    self.id = id
    self.service = service
    self.tags = tags
    self.address = address
    self.port = port
    self.meta = meta
    self.taggedAddresses = taggedAddresses
    self.weights = weights
    self.enableTagOverride = enableTagOverride
  }

  /// Whether both say the same, whenever they said it.
  func says(theSameAs other: Instance) -> Bool {
    var copy = other
    copy.createRevision = createRevision
    copy.modifyRevision = modifyRevision
    return self == copy
  }
}

/// What identifies an instance in the whole catalog.
public struct InstanceKey: Sendable, Hashable, Comparable {
  /// The node's name.
  public let node: String
  /// The instance's id on that node.
  public let id: String

  /// The instance `id` on `node`.
  public init(node: String, id: String) {
    self.node = node
    self.id = id
  }

  /// By node, then by id.
  public static func < (left: InstanceKey, right: InstanceKey) -> Bool {
    left.node == right.node ? left.id < right.id : left.node < right.node
  }
}
