/// Knows the least loaded index at any time, in constant time, where all weigh the same: a ring of those with no calls, one of
/// those with one call, and so on. Loads change by one call at a time, and so an index moves to the next ring or the one before.
///
/// As in the frequency lists of "An O(1) algorithm for implementing the LFU cache eviction scheme" (Shah, Mitra and Matani, 2010).
/// Of those alike the one that has been so for longest comes first, so that idle instances take turns.
struct LoadQueue: Sendable {
  private struct Link: Sendable {
    var next: Int32
    var previous: Int32
    var calls: Int32
  }

  /// More calls than this count as this many.
  private static let mostCalls = 65_535

  /// The indexes, then the head of each ring.
  private var links: ContiguousArray<Link> = []
  private let count: Int
  /// No index has fewer calls.
  private var least = 0

  /// All loads are what `calls` says.
  init(calls: [Int]) {
    count = calls.count
    links.reserveCapacity(count + 8)
    for index in 0...count { links.append(Link(next: Int32(index), previous: Int32(index), calls: 0)) }
    for index in 0..<count { move(index, to: calls[index]) }
  }

  /// The least loaded index, a call to it counted; 0 if there is none.
  mutating func pick() -> Int {
    guard count > 0 else { return 0 }
    while links[count &+ least].next == Int32(count &+ least) { least &+= 1 }
    let index = Int(links[count &+ least].next)
    move(index, to: least &+ 1)
    return index
  }

  /// One call more goes to this index.
  mutating func add(_ index: Int) { move(index, to: Int(links[index].calls) &+ 1) }

  /// An index has so many calls now.
  mutating func set(_ index: Int, calls: Int) {
    if links[index].calls != Int32(clamping: calls) { move(index, to: calls) }
  }

  @inline(__always)
  private mutating func move(_ index: Int, to calls: Int) {
    let calls = min(max(calls, 0), Self.mostCalls)
    let ring = count &+ calls
    while ring >= links.count { addRing() }
    let old = links[index]
    links[Int(old.previous)].next = old.next
    links[Int(old.next)].previous = old.previous
    let last = links[ring].previous
    links[index] = Link(next: Int32(truncatingIfNeeded: ring), previous: last, calls: Int32(truncatingIfNeeded: calls))
    links[Int(last)].next = Int32(truncatingIfNeeded: index)
    links[ring].previous = Int32(truncatingIfNeeded: index)
    if calls < least { least = calls }
  }

  private mutating func addRing() {
    let head = Int32(clamping: links.count)
    links.append(Link(next: head, previous: head, calls: 0))
  }
}
