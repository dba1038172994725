/// Deadlines with a key each: the earliest comes out first, equal ones in the order in which they were set.
///
/// Moving a deadline to a later time, as every heartbeat does, costs one dictionary access: the heap keeps the
/// old place, and the key is sorted in again only when that place comes to the front. Setting an earlier time
/// adds a second place. Removing leaves the place behind. The heap is rebuilt when it holds more than
/// twice as many places as there are keys, so memory stays within a small multiple of the keys.
///
/// Everything is inlinable so that other modules get code for their own types of key and time.
public struct DeadlineQueue<Key: Hashable & Sendable, Time: Comparable & Sendable>: Sendable {
  @usableFromInline
  struct Entry: Sendable {
    @usableFromInline var deadline: Time
    /// Counts calls of `set`: decides between equal deadlines.
    @usableFromInline var order: UInt64
    /// Time and order of this key's valid place in the heap, which is at or before the deadline.
    @usableFromInline var placedAt: Time
    @usableFromInline var placed: UInt64

    @inlinable
    init(deadline: Time, order: UInt64) {
      self.deadline = deadline
      self.order = order
      placedAt = deadline
      placed = order
    }
  }

  @usableFromInline
  struct Place: Comparable, Sendable {
    @usableFromInline var time: Time
    @usableFromInline var order: UInt64
    @usableFromInline var key: Key

    @inlinable
    init(time: Time, order: UInt64, key: Key) {
      self.time = time
      self.order = order
      self.key = key
    }

    @inlinable
    static func < (lhs: Place, rhs: Place) -> Bool {
      lhs.time < rhs.time || (lhs.time == rhs.time && lhs.order < rhs.order)
    }

    @inlinable
    static func == (lhs: Place, rhs: Place) -> Bool {
      lhs.time == rhs.time && lhs.order == rhs.order
    }
  }

  @usableFromInline var entries: [Key: Entry] = [:]
  @usableFromInline var heap = BinaryHeap<Place>()
  @usableFromInline var lastOrder: UInt64 = 0

  /// An empty queue.
  @inlinable
  public init() {}

  /// How many keys have a deadline.
  @inlinable
  public var count: Int { entries.count }

  /// The deadline of a key, if it has one.
  @inlinable
  public func deadline(of key: Key) -> Time? {
    entries[key]?.deadline
  }

  /// Gives a key its deadline, in place of the one that it may have.
  @inlinable
  public mutating func set(_ key: Key, at time: Time) {
    lastOrder += 1
    let order = lastOrder
    let isPlaced = Self.move(&entries[key], to: time, order: order)
    if isPlaced { return }
    heap.insert(Place(time: time, order: order, key: key))
    rebuildIfSparse()
  }

  /// Makes room for so many keys, so that setting them one after the other does not move all again and again.
  @inlinable
  public mutating func reserveCapacity(_ count: Int) {
    entries.reserveCapacity(count)
    heap.reserveCapacity(count)
  }

  /// Takes a key out; nothing happens if it has no deadline.
  @inlinable
  public mutating func remove(_ key: Key) {
    guard entries.removeValue(forKey: key) != nil else { return }
    rebuildIfSparse()
  }

  /// The earliest deadline, if there is any.
  @inlinable
  public mutating func next() -> Time? {
    settleFirst()
    return heap.first?.time
  }

  /// Takes out the keys whose deadline is at or before `now`.
  ///
  /// - Parameters:
  ///   - now: The current time.
  ///   - limit: The most keys to take; the others stay due.
  /// - Returns: The keys taken, earliest deadline first.
  @inlinable
  public mutating func popDue(at now: Time, limit: Int) -> [Key] {
    var due: [Key] = []
    while due.count < limit {
      settleFirst()
      guard let first = heap.first, first.time <= now else { break }
      heap.removeFirst()
      entries[first.key] = nil
      due.append(first.key)
    }
    rebuildIfSparse()
    return due
  }

  /// Writes the new deadline; false if it needs a new place in the heap.
  @inlinable
  static func move(_ entry: inout Entry?, to time: Time, order: UInt64) -> Bool {
    if let old = entry, old.placedAt <= time {
      entry?.deadline = time
      entry?.order = order
      return true
    }
    entry = Entry(deadline: time, order: order)
    return false
  }

  /// Drops and moves places until the first one is a key's present deadline.
  @inlinable
  mutating func settleFirst() {
    while let first = heap.first {
      guard let entry = entries[first.key], entry.placed == first.order else {
        heap.removeFirst()
        continue
      }
      if entry.order == entry.placed { return }
      heap.replaceFirst(with: Place(time: entry.deadline, order: entry.order, key: first.key))
      entries[first.key]?.placedAt = entry.deadline
      entries[first.key]?.placed = entry.order
    }
  }

  /// Leaves out the places that no key needs, once they are the majority.
  ///
  /// The constant keeps small queues from rebuilding often.
  @inlinable
  mutating func rebuildIfSparse() {
    guard heap.count > 2 * entries.count + 16 else { return }
    var places: [Place] = []
    places.reserveCapacity(entries.count)
    for (key, entry) in entries {
      places.append(Place(time: entry.deadline, order: entry.order, key: key))
    }
    for place in places {
      entries[place.key]?.placedAt = place.time
      entries[place.key]?.placed = place.order
    }
    heap = BinaryHeap(places)
  }
}

extension DeadlineQueue {
  /// Places in the heap, for tests of the bound on memory.
  var places: Int { heap.count }
}
