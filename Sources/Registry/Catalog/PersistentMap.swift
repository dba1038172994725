/// A map of values by their own keys, whose copies share structure: copying is O(1), and a change after a copy rebuilds only the path to it.
///
/// The registry's writer changes one copy while any number of readers hold earlier ones, so a reader never waits and a
/// rejected change is undone by keeping the earlier copy. A hash array mapped trie of 32-way nodes; changes to a map
/// that nobody else holds happen in place.
///
/// Source: P. Bagwell, "Ideal Hash Trees" (2001), with entries and children kept apart as in M. Steindorfer and
/// J. Vinju, "Optimizing Hash-Array Mapped Tries" (2015).
public struct PersistentMap<Value: Keyed>: Sendable {
  private var root = TrieNode<Value>()

  /// The number of values.
  public private(set) var count = 0

  /// An empty map.
  public init() {}

  /// Whether there are no values.
  public var isEmpty: Bool { count == 0 }

  /// The value of that key.
  public subscript(key: Value.Key) -> Value? { isEmpty ? nil : root.value(of: key, hash: TrieHash(key)) }

  /// Adds a value, or replaces the one with the same key; returns that.
  @discardableResult
  public mutating func set(_ value: Value) -> Value? {
    let old = root.set(value, hash: TrieHash(value.key))
    if old == nil { count += 1 }
    return old
  }

  /// Changes the value of `key` in place; its key has to stay the same. Nothing happens when it is absent. Returns
  /// whether it was there.
  @discardableResult
  public mutating func update(_ key: Value.Key, _ change: (inout Value) -> Void) -> Bool {
    root.update(key, hash: TrieHash(key), change)
  }

  /// Removes the value of `key`; returns whether it was there.
  @discardableResult
  public mutating func remove(_ key: Value.Key) -> Bool {
    guard !isEmpty else { return false }
    let hash = TrieHash(key)
    // Looked for first: the way to a key that is not there must not be copied.
    guard root.value(of: key, hash: hash) != nil, root.remove(key, hash: hash) else { return false }
    count -= 1
    return true
  }

  /// Calls `body` with every key and value, in no particular order.
  public func forEach(_ body: (Value.Key, Value) throws -> Void) rethrows {
    try root.forEach { try body($0.key, $0) }
  }

  /// All values, in no particular order.
  public var values: [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    root.forEach { values.append($0) }
    return values
  }

  /// All keys, in no particular order.
  public var keys: [Value.Key] { values.map(\.key) }
}

extension PersistentMap {
  /// The number of levels, for tests of the shape.
  var depth: Int { root.depth }
}
