/// Values by key, of which those that were not asked for longest leave first when there are too many.
///
/// The entries form a list by age of use, linked by index; free places are used again.
struct LeastRecentlyUsed: Sendable {
  struct Value: Sendable {
    var bytes: [UInt8]
    var saved: ContinuousClock.Instant
    var expiry: ContinuousClock.Instant
  }

  private struct Entry: Sendable {
    var key: String
    var value: Value
    var newer: Int?
    var older: Int?
  }

  private let maximumCount: Int
  private let maximumBytes: Int
  private var places: [String: Int] = [:]
  private var entries: [Entry] = []
  private var free: [Int] = []
  private var newest: Int?
  private var oldest: Int?
  /// The size of all keys and values.
  private(set) var bytes = 0

  init(maximumCount: Int, maximumBytes: Int) {
    self.maximumCount = maximumCount
    self.maximumBytes = maximumBytes
  }

  var count: Int { places.count }

  /// The value, which becomes the newest; nil, and forgotten, if its time is over.
  mutating func value(for key: String, at now: ContinuousClock.Instant) -> Value? {
    guard let place = places[key] else { return nil }
    guard now < entries[place].value.expiry else {
      remove(key)
      return nil
    }
    if newest != place {
      unlink(place)
      linkAsNewest(place)
    }
    return entries[place].value
  }

  /// Keeps a value and drops the oldest ones until all fit; a value that is too large for all of the room is not kept.
  mutating func set(_ value: Value, for key: String) {
    remove(key)
    let size = Self.size(key, value)
    guard size <= maximumBytes else { return }
    while let last = oldest, count >= maximumCount || bytes > maximumBytes - size { remove(entries[last].key) }
    let entry = Entry(key: key, value: value)
    let place: Int
    if let reused = free.popLast() {
      place = reused
      entries[place] = entry
    } else {
      place = entries.count
      entries.append(entry)
    }
    places[key] = place
    bytes += size
    linkAsNewest(place)
  }

  mutating func remove(_ key: String) {
    guard let place = places.removeValue(forKey: key) else { return }
    bytes -= Self.size(key, entries[place].value)
    unlink(place)
    // The place stays; what it held must not.
    entries[place].key = ""
    entries[place].value.bytes = []
    free.append(place)
  }

  private static func size(_ key: String, _ value: Value) -> Int { key.utf8.count + value.bytes.count }

  private mutating func unlink(_ place: Int) {
    let (newer, older) = (entries[place].newer, entries[place].older)
    if let newer { entries[newer].older = older } else { newest = older }
    if let older { entries[older].newer = newer } else { oldest = newer }
    entries[place].newer = nil
    entries[place].older = nil
  }

  private mutating func linkAsNewest(_ place: Int) {
    entries[place].older = newest
    if let newest { entries[newest].newer = place } else { oldest = place }
    newest = place
  }
}
