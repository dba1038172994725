/// A map whose copies share structure: copying is O(1), and a change after a copy rebuilds only the path to it.
///
/// The registry's writer changes one copy while any number of readers hold earlier ones, so a reader never waits and a
/// rejected change is undone by keeping the earlier copy. A hash array mapped trie of 32-way nodes; changes to a map
/// that nobody else holds happen in place.
///
/// Source: P. Bagwell, "Ideal Hash Trees" (2001), with entries and children kept apart as in M. Steindorfer and
/// J. Vinju, "Optimizing Hash-Array Mapped Tries" (2015).
public struct PersistentMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var root = TrieNode<Key, Value>()

  /// The number of keys.
  public private(set) var count = 0

  /// An empty map.
  public init() {}

  /// Whether there are no keys.
  public var isEmpty: Bool { count == 0 }

  /// The value of `key`; assigning nil removes it.
  public subscript(key: Key) -> Value? {
    get { root.value(of: key, hash: TrieHash(key)) }
    set {
      if let newValue {
        set(newValue, for: key)
      } else {
        remove(key)
      }
    }
  }

  /// Adds `key`, or replaces its value; returns the value that it had.
  @discardableResult
  public mutating func set(_ value: Value, for key: Key) -> Value? {
    let old = root.set(value, for: key, hash: TrieHash(key))
    if old == nil { count += 1 }
    return old
  }

  /// Changes the value of `key` in place; nothing happens when it is absent. Returns whether it was there.
  @discardableResult
  public mutating func update(_ key: Key, _ change: (inout Value) -> Void) -> Bool {
    root.update(key, hash: TrieHash(key), change)
  }

  /// Removes `key`; returns whether it was there.
  @discardableResult
  public mutating func remove(_ key: Key) -> Bool {
    let removed = root.remove(key, hash: TrieHash(key))
    if removed { count -= 1 }
    return removed
  }

  /// Calls `body` with every key and value, in no particular order.
  public func forEach(_ body: (Key, Value) throws -> Void) rethrows {
    try root.forEach(body)
  }

  /// All values, in no particular order.
  public var values: [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    forEach { values.append($1) }
    return values
  }

  /// All keys, in no particular order.
  public var keys: [Key] {
    var keys: [Key] = []
    keys.reserveCapacity(count)
    forEach { key, _ in keys.append(key) }
    return keys
  }
}

extension PersistentMap {
  /// The number of levels, for tests of the shape.
  var depth: Int { root.depth }
}
