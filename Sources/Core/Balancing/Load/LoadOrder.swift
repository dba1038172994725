internal import MusterThreading

/// The order of the loads of a pool's members, which all threads share.
final class LoadOrder: Sendable {
  private let loads: Striped<Loads>

  /// A member's place in an order.
  struct Seat: Sendable {
    fileprivate let order: LoadOrder
    fileprivate let index: Int

    /// The calls of the member, whose seat this is, have changed.
    func update(_ member: Member) { order.recount(index, member) }
  }

  /// An order of these members, who know their seats in it from then on.
  init(_ members: some Collection<Member>, isWeighted: Bool) {
    let calls = members.map { $0.pending }
    loads = Striped(
      isWeighted
        ? Loads(tree: LoadTree(weights: members.map(\.divisor), calls: calls)) : Loads(queue: LoadQueue(calls: calls)))
    for (index, member) in members.enumerated() {
      let seat = Seat(order: self, index: index)
      member.seat.withLock { $0 = seat }
      // A call that ended before told an earlier order.
      seat.update(member)
    }
  }

  /// The least loaded, its call counted.
  func pick() -> Int { loads.withLock { $0.pick() } }

  /// A call goes to this one.
  func take(_ index: Int) { loads.withLock { $0.add(index) } }

  /// The calls of the member with this index have changed.
  ///
  /// They are counted with the lock held: two calls that end at once must not leave the older count behind, since a member
  /// that seems busy may never be chosen again, and so never be counted again.
  func recount(_ index: Int, _ member: Member) { loads.withLock { $0.set(index, calls: member.pending) } }
}

/// What an order is kept in: a tree where weights differ, and where they don't matter a queue, which is quicker.
private struct Loads: Sendable {
  private var tree: LoadTree?
  private var queue: LoadQueue?

  init(tree: LoadTree) { self.tree = tree }
  init(queue: LoadQueue) { self.queue = queue }

  mutating func pick() -> Int { queue?.pick() ?? tree?.pick() ?? 0 }

  mutating func add(_ index: Int) {
    queue?.add(index)
    tree?.add(index)
  }

  mutating func set(_ index: Int, calls: Int) {
    queue?.set(index, calls: calls)
    tree?.set(index, calls: calls)
  }
}
