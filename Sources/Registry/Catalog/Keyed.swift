/// A value that knows its own key in a `PersistentMap`, so that the map holds one reference for each and not two.
public protocol Keyed: Sendable {
  /// What tells values apart.
  associatedtype Key: Hashable & Sendable

  /// The value's own key.
  var key: Key { get }
}
