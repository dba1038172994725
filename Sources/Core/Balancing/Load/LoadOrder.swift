internal import MusterThreading

/// The order of the loads of a pool's members, which all threads share.
final class LoadOrder: Sendable {
  private let tree: Locked<LoadTree>

  /// A member's place in an order.
  struct Seat: Sendable {
    fileprivate let order: LoadOrder
    fileprivate let index: Int

    /// The member has so many calls now.
    func update(calls: Int) { order.tree.withLock { $0.set(index, calls: calls) } }
  }

  /// An order of these members, who know their seats in it from then on.
  init(_ members: some Collection<Member>, isWeighted: Bool) {
    tree = Locked(LoadTree(weights: members.map { isWeighted ? $0.divisor : 1 }, calls: members.map { $0.pending }))
    for (index, member) in members.enumerated() {
      member.seat.withLock { $0 = Seat(order: self, index: index) }
    }
  }

  /// The least loaded, its call counted.
  func pick() -> Int { tree.withLock { $0.pick() } }

  /// A call goes to this one.
  func take(_ index: Int) { tree.withLock { $0.markTurn(index) } }

  /// This one has so many calls after all.
  func set(_ index: Int, calls: Int) { tree.withLock { $0.set(index, calls: calls) } }
}
