/// A machine, or whatever else instances run on.
public struct Node: Sendable, Equatable {
  /// The unique name.
  public let name: String
  /// An optional UUID, as its owner gave it.
  public var id: String
  /// The address of instances that have none of their own.
  public var address: String
  /// Addresses for particular callers, such as `lan` and `wan`, by name.
  public var taggedAddresses: Labels
  /// Free key-value pairs.
  public var meta: Labels
  /// The revision in which the node first appeared.
  public var createRevision: UInt64 = 0
  /// The revision of the last change of the fields above.
  public var modifyRevision: UInt64 = 0

  /// A node as given by a client; the revisions are the catalog's to set.
  public init(name: String, id: String = "", address: String, taggedAddresses: Labels = [:], meta: Labels = [:]) {
    self.name = name
    self.id = id
    self.address = address
    self.taggedAddresses = taggedAddresses
    self.meta = meta
  }

  /// Whether both say the same, whenever they said it.
  func says(theSameAs other: Node) -> Bool {
    var copy = other
    copy.createRevision = createRevision
    copy.modifyRevision = modifyRevision
    return self == copy
  }
}
