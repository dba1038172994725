/// Smooth weighted round robin in O(log n): each index waits for 1 / weight of virtual time between two turns, and the one
/// whose turn comes first is taken. Weighted fair queueing (Demers, Keshav and Shenker, 1989), as in Envoy's scheduler.
///
/// After any number of picks an index has had its share of them, give or take one turn of each.
struct FairQueue: Sendable {
  private struct Turn: Sendable {
    var time: Double
    var index: Int32

    func isBefore(_ other: Turn) -> Bool { time != other.time ? time < other.time : index < other.index }
  }

  private var heap: [Turn] = []
  private var steps: [Double] = []

  /// Indexes of weight 0 get no turn, unless all are of weight 0.
  init(weights: [Int]) {
    steps = weights.map { 1 / Double(max($0, 1)) }
    // First turns are spread over the first round by multiples of the golden ratio, which keep apart however many there are
    // (Knuth 6.4), so that those alike do not come all at once.
    for index in weights.indices {
      let phase = (Double(index) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
      heap.append(Turn(time: steps[index] * phase, index: Int32(index)))
    }
    heap.sort { $0.isBefore($1) }
  }

  init() {}

  /// The next index.
  mutating func pick() -> Int {
    let turn = heap[0]
    heap[0].time += steps[Int(turn.index)]
    // Times are kept small, or adding to them would one day change nothing.
    if heap[0].time > 0x1p40 { for index in heap.indices { heap[index].time -= turn.time } }
    sink()
    return Int(turn.index)
  }

  private mutating func sink() {
    let turn = heap[0]
    var hole = 0
    while true {
      var child = 2 * hole + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
      guard heap[child].isBefore(turn) else { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = turn
  }
}
