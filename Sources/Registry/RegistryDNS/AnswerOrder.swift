/// Draws items in random order, each with a probability that goes with its weight; keeps its memory between uses.
struct AnswerOrder {
  private var order: [Int32] = []
  /// A binary indexed tree of the weights that are left: a draw costs the logarithm of their number.
  private var tree: [UInt64] = []
  private var total: UInt64 = 0
  private var left = 0
  private var isWeighted = false

  /// Begins anew with the items of an answer.
  mutating func begin(_ answer: PreparedAnswer) {
    left = answer.items.count
    isWeighted = !answer.hasEqualWeights
    if isWeighted { return plant(answer.items) }
    // Whatever order the last draw left behind is as good a start as any.
    if order.count > left { order.removeAll(keepingCapacity: true) }
    while order.count < left { order.append(Int32(order.count)) }
  }

  /// The next item; nil when all have been drawn.
  mutating func next(using generator: inout some RandomNumberGenerator) -> Int? {
    guard left > 0 else { return nil }
    defer { left -= 1 }
    guard !isWeighted else { return draw(generator.next(upperBound: total)) }
    let place = Int(generator.next(upperBound: UInt64(left)))
    order.swapAt(place, left - 1)
    return Int(order[left - 1])
  }

  /// Weights are raised by a hundredth part of one, so that those of zero come last but do come.
  private mutating func plant(_ items: [PreparedAnswer.Item]) {
    tree.removeAll(keepingCapacity: true)
    tree.append(0)
    total = 0
    for item in items {
      let weight = UInt64(item.weight) * 100 + 1
      total += weight
      tree.append(weight)
    }
    for index in tree.indices.dropFirst() {
      let parent = index + (index & -index)
      if parent < tree.count { tree[parent] += tree[index] }
    }
  }

  /// Takes out the item at which the running sum of weights passes `target`.
  private mutating func draw(_ target: UInt64) -> Int {
    var (place, rest) = (0, target)
    var step = 1 << (Int.bitWidth - 1 - tree.count.leadingZeroBitCount)
    while step > 0 {
      if place + step < tree.count, tree[place + step] <= rest {
        place += step
        rest -= tree[place]
      }
      step >>= 1
    }
    take(place)
    return place
  }

  private mutating func take(_ index: Int) {
    // The weight is what the tree says up to here, less what it says up to the item before.
    let weight = sum(index + 1) - sum(index)
    total -= weight
    var place = index + 1
    while place < tree.count {
      tree[place] -= weight
      place += place & -place
    }
  }

  private func sum(_ count: Int) -> UInt64 {
    var (place, sum) = (count, UInt64(0))
    while place > 0 {
      sum += tree[place]
      place -= place & -place
    }
    return sum
  }
}
