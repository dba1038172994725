/// An instance as it is: it works on a few calls at a time, and the others wait in line.
struct Machine {
  enum State { case working, refusing, hanging }

  var state = State.working
  /// When it began cold; nil if it is warm.
  var coldSince: Int64?
  /// How many times the usual time it takes.
  var slowness = 1.0
  private var running = 0
  private var waiting: [Int] = []
  private var next = 0

  /// How many times the usual time a call takes that begins now.
  func pace(at time: Int64) -> Double {
    guard let coldSince else { return slowness }
    let rest = 1 - Double(time - coldSince) / Double(SimulationPlan.warming)
    return 1 + (SimulationPlan.slowness - 1) * max(rest, 0)
  }

  /// Takes a call in: true if it can begin at once.
  mutating func accept(_ call: Int) -> Bool {
    guard running < SimulationPlan.slots else {
      waiting.append(call)
      return false
    }
    running += 1
    return true
  }

  /// A call is done: gives the one that begins in its place, leaving out those that `isOver`.
  mutating func finish(_ isOver: (Int) -> Bool) -> Int? {
    while next < waiting.count {
      let call = waiting[next]
      next += 1
      if next > 1_024 {
        waiting.removeFirst(next)
        next = 0
      }
      if !isOver(call) { return call }
    }
    running -= 1
    return nil
  }
}
