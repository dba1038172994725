/// A node with everything that is registered on it.
public struct NodeRecord: Keyed {
  /// The node.
  public internal(set) var node: Node
  /// The checks of the whole node, in order of their ids.
  public internal(set) var checks: [Check] = []
  /// The instances.
  public internal(set) var members = PersistentMap<Member>()
  /// The revision of the last change of anything here.
  public internal(set) var revision: UInt64
  /// Whose the checks are that do not say so by their ids; see `CheckOwner`.
  var owners = PersistentMap<CheckOwner>()

  /// The node's name.
  public var key: String { node.name }

  init(node: Node, revision: UInt64) {
    self.node = node
    self.revision = revision
  }

  /// The instance of that id.
  func member(_ id: String) -> Member? { members[InstanceKey(node: node.name, id: id)] }
}
