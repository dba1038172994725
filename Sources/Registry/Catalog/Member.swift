/// An instance with its checks: what a look-up hands out. Immutable, so every view of the catalog shares it.
public final class Member: Keyed {
  /// The name of the node it runs on.
  public let node: String
  /// The instance.
  public let instance: Instance
  /// Its own checks, without those of the node, in order of their ids.
  public let checks: [Check]

  init(node: String, instance: Instance, checks: [Check]) {
    self.node = node
    self.instance = instance
    self.checks = checks
  }

  /// What identifies it.
  public var key: InstanceKey { InstanceKey(node: node, id: instance.id) }
}
