internal import MusterThreading

/// The order of the loads of a pool's members, which all threads share.
final class LoadOrder: Sendable {
  private let tree: Locked<LoadTree>

  /// A member's place in an order.
  struct Seat: Sendable {
    fileprivate let order: LoadOrder
    fileprivate let index: Int

    /// The calls of the member, whose seat this is, have changed.
    func update(_ member: Member) { order.recount(index, member) }
  }

  /// An order of these members, who know their seats in it from then on.
  init(_ members: some Collection<Member>, isWeighted: Bool) {
    tree = Locked(LoadTree(weights: members.map { isWeighted ? $0.divisor : 1 }, calls: members.map { $0.pending }))
    for (index, member) in members.enumerated() {
      let seat = Seat(order: self, index: index)
      member.seat.withLock { $0 = seat }
      // A call that ended before told an earlier order.
      seat.update(member)
    }
  }

  /// The least loaded, its call counted.
  func pick() -> Int { tree.withLock { $0.pick() } }

  /// A call goes to this one.
  func take(_ index: Int) { tree.withLock { $0.markTurn(index) } }

  /// The calls of the member with this index have changed.
  ///
  /// They are counted with the lock held: two calls that end at once must not leave the older count behind, since a member
  /// that seems busy may never be chosen again, and so never be counted again.
  func recount(_ index: Int, _ member: Member) { tree.withLock { $0.set(index, calls: member.pending) } }
}
