import Testing

@testable import MusterChecks

@Suite("The places for probes")
struct CheckLanesTests {
  private let begin = ContinuousClock.now

  @Test("are as many as the limit says, and are taken in order")
  func limit() {
    var lanes = CheckLanes(CheckLimits(quick: 2))
    for id: UInt64 in 1...5 { lanes.enqueue(id, in: .quick) }
    #expect(lanes.takeStarts(at: begin) == [1, 2])
    #expect(lanes.takeStarts(at: begin) == [])
    lanes.remove(2, isWaiting: false)
    lanes.remove(4, isWaiting: true)
    #expect(lanes.takeStarts(at: begin) == [3])
    lanes.remove(1, isWaiting: false)
    #expect(lanes.takeStarts(at: begin) == [5])
    #expect(lanes.runningCount == 2)
  }

  @Test("of slow targets are not those of the others")
  func slow() {
    var lanes = CheckLanes(CheckLimits(quick: 2, slow: 2))
    for id: UInt64 in 1...9 { lanes.enqueue(id, in: .slow) }
    lanes.enqueue(10, in: .quick)
    lanes.enqueue(11, in: .command)
    #expect(lanes.takeStarts(at: begin) == [10, 1, 2, 11])
  }

  @Test("are given to others when a target turns out to be slow")
  func demotion() {
    var lanes = CheckLanes(CheckLimits(quick: 2, slow: 2, total: 5))
    for id: UInt64 in 1...9 { lanes.enqueue(id, in: .quick) }
    #expect(lanes.takeStarts(at: begin) == [1, 2])
    #expect(lanes.nextChange == begin + CheckLanes.quickTime)
    #expect(lanes.takeStarts(at: begin + .milliseconds(999)) == [])
    #expect(lanes.takeStarts(at: begin + .seconds(1)) == [3, 4])
    #expect(lanes.takeStarts(at: begin + .seconds(2)) == [5], "all together have a limit too")
    lanes.enqueue(20, in: .slow)
    lanes.remove(1, isWaiting: false)
    #expect(lanes.takeStarts(at: begin + .seconds(2)) == [6], "too many are slow already")
  }

  @Test("do not wait for anything when nobody waits")
  func idle() {
    var lanes = CheckLanes(CheckLimits())
    #expect(lanes.nextChange == nil)
    lanes.enqueue(1, in: .quick)
    #expect(lanes.takeStarts(at: begin) == [1])
    #expect(lanes.nextChange == nil)
  }

  @Test("stay in step over many probes")
  func many() {
    var random = SplitMix64(seed: 9)
    var lanes = CheckLanes(CheckLimits(quick: 20, slow: 10, commands: 5, total: 30))
    var running: Set<UInt64> = []
    var started = 0
    for number in 1...20_000 {
      lanes.enqueue(UInt64(number), in: [.quick, .quick, .slow, .command].randomElement(using: &random) ?? .quick)
      let starts = lanes.takeStarts(at: begin + .milliseconds(100 * number))
      started += starts.count
      running.formUnion(starts)
      #expect(running.count <= 30)
      #expect(lanes.runningCount == running.count)
      for _ in 0..<2 where Bool.random(using: &random) || running.count > 25 {
        if let id = running.randomElement(using: &random) {
          running.remove(id)
          lanes.remove(id, isWaiting: false)
        }
      }
    }
    #expect(started > 15_000)
  }
}
