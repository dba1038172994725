import MusterRedis
import Testing

@Suite("The gate before a Redis that fails")
struct RedisGateTests {
  private let start = ContinuousClock.now
  private let failure = RedisError(.couldNotConnect, "nobody is there")
  private var gate = RedisGate(pauses: .milliseconds(100)...Duration.milliseconds(350))

  @Test("doubles its pauses up to the longest, and lets one call try after each")
  mutating func pauses() {
    var now = start
    for pause in [100, 200, 350, 350] {
      expectEntry(at: now)
      gate.failed(failure, at: now)
      let refusal = gate.enter(at: now + .milliseconds(pause - 1))
      #expect(refusal?.code == .paused)
      #expect(refusal?.message == "left alone for \(Duration.milliseconds(pause)) since it failed: nobody is there")
      now += .milliseconds(pause)
    }
    expectEntry(at: now)
    let second = gate.enter(at: now)
    #expect(second?.code == .paused)
    gate.succeeded()
    expectEntry(at: now)
    gate.failed(failure, at: now)
    #expect(gate.refusal(at: now + .milliseconds(99)) != nil)
    #expect(gate.refusal(at: now + .milliseconds(100)) == nil)
  }

  @Test("counts failures at the same time once")
  mutating func together() {
    for _ in 0..<3 { expectEntry(at: start) }
    for _ in 0..<3 { gate.failed(failure, at: start) }
    #expect(gate.refusal(at: start + .milliseconds(100)) == nil)
  }

  private mutating func expectEntry(at now: ContinuousClock.Instant) {
    let refusal = gate.enter(at: now)
    #expect(refusal == nil)
  }
}
