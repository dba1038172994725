import MusterDiscovery
import Testing

@Suite("The pauses between attempts")
struct RetryPauseTests {
  @Test("double up to 10 s, and stay between half and all of that", arguments: [0, 0.5, 1, -3, 7])
  func growth(chance: Double) {
    var pause = RetryPause()
    let share = 0.5 + 0.5 * min(max(chance, 0), 1)
    for full in [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10, 10] {
      #expect(pause.next(chance: chance) == .seconds(full) * share)
    }
    pause.reset()
    #expect(pause.next(chance: chance) == .milliseconds(100) * share)
  }
}
