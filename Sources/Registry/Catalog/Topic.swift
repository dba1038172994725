/// What a watcher can wait for.
public enum Topic: Sendable, Hashable {
  /// The instances of one service, and their health.
  case service(String)
  /// One node, its instances and checks.
  case node(String)
  /// The list of services with their tags, which can be limited by the metadata of their nodes.
  case services
  /// The list of nodes.
  case nodes
  /// The checks of everything.
  case checks
}
