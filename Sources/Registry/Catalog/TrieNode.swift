/// A key's hash, taken a few bits at a time from the root down.
struct TrieHash {
  private var rest: UInt
  private(set) var depth = 0

  init(_ key: some Hashable) {
    rest = UInt(bitPattern: key.hashValue)
  }

  private static var bitsPerLevel: Int { 4 }

  /// Below this depth all bits are used: keys that still agree share one bucket.
  static var deepest: Int { UInt.bitWidth / bitsPerLevel }

  var isSpent: Bool { depth >= Self.deepest }

  var bit: UInt32 { 1 << UInt32(rest & (1 << UInt(Self.bitsPerLevel) - 1)) }

  func next() -> TrieHash {
    var next = self
    next.rest >>= UInt(Self.bitsPerLevel)
    next.depth += 1
    return next
  }

  /// The hash of another key, as seen at this depth.
  func sameDepth(for key: some Hashable) -> TrieHash {
    var other = TrieHash(key)
    while other.depth < depth { other = other.next() }
    return other
  }
}

/// A node of a `PersistentMap`: entries whose hash part is unique here, and children for the parts that are shared.
/// A node below the last level is a bucket: its entries are searched one by one and the bit maps stay empty.
struct TrieNode<Value: Keyed>: Sendable {
  private var entryBits: UInt32 = 0
  private var childBits: UInt32 = 0
  private var entries: [Value] = []
  private var children: [TrieNode] = []

  /// The place of `bit` among the bits that are set in `bits`.
  private static func index(of bit: UInt32, in bits: UInt32) -> Int {
    (bits & (bit &- 1)).nonzeroBitCount
  }

  private var onlyEntry: Value? {
    children.isEmpty && entries.count == 1 ? entries[0] : nil
  }

  func value(of key: Value.Key, hash: TrieHash) -> Value? {
    if !hash.isSpent, childBits & hash.bit != 0 {
      return children[Self.index(of: hash.bit, in: childBits)].value(of: key, hash: hash.next())
    }
    return place(of: key, hash: hash).map { entries[$0] }
  }

  /// Returns the value that the key had.
  mutating func set(_ value: Value, hash: TrieHash) -> Value? {
    if hash.isSpent { return setInBucket(value) }
    let bit = hash.bit
    if childBits & bit != 0 {
      return children[Self.index(of: bit, in: childBits)].set(value, hash: hash.next())
    }
    let index = Self.index(of: bit, in: entryBits)
    guard entryBits & bit != 0 else {
      Self.insert(value, in: &entries, at: index)
      entryBits |= bit
      return nil
    }
    if entries[index].key == value.key { return replaceValue(at: index, with: value) }
    pushDown(at: index, bit: bit, hash: hash, adding: value)
    return nil
  }

  private mutating func setInBucket(_ value: Value) -> Value? {
    if let index = entries.firstIndex(where: { $0.key == value.key }) { return replaceValue(at: index, with: value) }
    entries.append(value)
    return nil
  }

  private mutating func replaceValue(at index: Int, with value: Value) -> Value {
    let old = entries[index]
    entries[index] = value
    return old
  }

  /// Adds to an array that grows by two places at a time: a node has 32 at most, most have few, and together they are a
  /// good part of a catalog's memory.
  private static func insert<Element>(_ element: Element, in array: inout [Element], at index: Int) {
    if array.count == array.capacity { array.reserveCapacity(array.count + 1) }
    array.insert(element, at: index)
  }

  /// Two keys share a hash part: both move to a new child.
  private mutating func pushDown(at index: Int, bit: UInt32, hash: TrieHash, adding new: Value) {
    let old = entries.remove(at: index)
    entryBits &= ~bit
    var child = TrieNode()
    let below = hash.next()
    _ = child.set(old, hash: below.sameDepth(for: old.key))
    _ = child.set(new, hash: below)
    Self.insert(child, in: &children, at: Self.index(of: bit, in: childBits))
    childBits |= bit
  }

  /// Returns whether the key is there.
  mutating func update(_ key: Value.Key, hash: TrieHash, _ change: (inout Value) -> Void) -> Bool {
    if !hash.isSpent, childBits & hash.bit != 0 {
      return children[Self.index(of: hash.bit, in: childBits)].update(key, hash: hash.next(), change)
    }
    guard let index = place(of: key, hash: hash) else { return false }
    change(&entries[index])
    return true
  }

  /// The place of the key among this node's own entries.
  private func place(of key: Value.Key, hash: TrieHash) -> Int? {
    if hash.isSpent { return entries.firstIndex { $0.key == key } }
    guard entryBits & hash.bit != 0 else { return nil }
    let index = Self.index(of: hash.bit, in: entryBits)
    return entries[index].key == key ? index : nil
  }

  /// Returns whether the key was there. A child left with one entry is folded into this node, so that a map's shape
  /// depends only on its keys.
  mutating func remove(_ key: Value.Key, hash: TrieHash) -> Bool {
    if hash.isSpent {
      guard let index = entries.firstIndex(where: { $0.key == key }) else { return false }
      entries.remove(at: index)
      return true
    }
    let bit = hash.bit
    if entryBits & bit != 0 {
      let index = Self.index(of: bit, in: entryBits)
      guard entries[index].key == key else { return false }
      entries.remove(at: index)
      entryBits &= ~bit
      return true
    }
    guard childBits & bit != 0 else { return false }
    let index = Self.index(of: bit, in: childBits)
    guard children[index].remove(key, hash: hash.next()) else { return false }
    if let entry = children[index].onlyEntry {
      children.remove(at: index)
      childBits &= ~bit
      Self.insert(entry, in: &entries, at: Self.index(of: bit, in: entryBits))
      entryBits |= bit
    }
    return true
  }

  func forEach(_ body: (Value) throws -> Void) rethrows {
    for entry in entries { try body(entry) }
    for child in children { try child.forEach(body) }
  }

  /// The number of levels from here down.
  var depth: Int { 1 + (children.map(\.depth).max() ?? 0) }
}
