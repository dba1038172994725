/// Deadlines with a key each: the earliest comes out first, equal ones in the order in which they were set.
///
/// Moving a deadline to a later time, as every heartbeat does, costs one dictionary access: the heap keeps the
/// old place, and the key is sorted in again only when that place comes to the front. Setting an earlier time
/// adds a second place. Removing leaves the place behind. The heap is rebuilt when it holds more than
/// twice as many places as there are keys, so memory stays within a small multiple of the keys.
public struct DeadlineQueue<Key: Hashable & Sendable, Time: Comparable & Sendable>: Sendable {
  private struct Entry: Sendable {
    var deadline: Time
    /// Counts calls of `set`: decides between equal deadlines.
    var order: UInt64
    /// Time and order of this key's valid place in the heap, which is at or before the deadline.
    var placedAt: Time
    var placed: UInt64
  }

  private struct Place: Comparable, Sendable {
    var time: Time
    var order: UInt64
    var key: Key

    static func < (lhs: Place, rhs: Place) -> Bool {
      lhs.time < rhs.time || (lhs.time == rhs.time && lhs.order < rhs.order)
    }

    static func == (lhs: Place, rhs: Place) -> Bool {
      lhs.time == rhs.time && lhs.order == rhs.order
    }
  }

  private var entries: [Key: Entry] = [:]
  private var heap = BinaryHeap<Place>()
  private var lastOrder: UInt64 = 0

  /// An empty queue.
  public init() {}

  /// How many keys have a deadline.
  public var count: Int { entries.count }

  /// The deadline of a key, if it has one.
  public func deadline(of key: Key) -> Time? {
    entries[key]?.deadline
  }

  /// Gives a key its deadline, in place of the one that it may have.
  public mutating func set(_ key: Key, at time: Time) {
    lastOrder += 1
    let order = lastOrder
    let isPlaced = Self.move(&entries[key], to: time, order: order)
    if isPlaced { return }
    heap.insert(Place(time: time, order: order, key: key))
    rebuildIfSparse()
  }

  /// Takes a key out; nothing happens if it has no deadline.
  public mutating func remove(_ key: Key) {
    guard entries.removeValue(forKey: key) != nil else { return }
    rebuildIfSparse()
  }

  /// The earliest deadline, if there is any.
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
  private static func move(_ entry: inout Entry?, to time: Time, order: UInt64) -> Bool {
    if let old = entry, old.placedAt <= time {
      entry?.deadline = time
      entry?.order = order
      return true
    }
    entry = Entry(deadline: time, order: order, placedAt: time, placed: order)
    return false
  }

  /// Drops and moves places until the first one is a key's present deadline.
  private mutating func settleFirst() {
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
  private mutating func rebuildIfSparse() {
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
