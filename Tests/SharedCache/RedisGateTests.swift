import MusterRedis
import Testing

@Suite("The gate before a Redis that fails")
struct RedisGateTests {
  private let start = ContinuousClock.now
  private let failure = RedisError(.couldNotConnect, "nobody is there")
  private var gate = RedisGate(pauses: .milliseconds(100)...Duration.milliseconds(350))

  @Test("doubles its pauses up to the longest, and lets one call try after each")
  mutating func pauses() throws {
    var now = start
    for pause in [100, 200, 350, 350] {
      #expect(gate.enter(at: now) == nil)
      gate.failed(failure, at: now)
      let refusal = try #require(gate.enter(at: now + .milliseconds(pause - 1)))
      #expect(refusal.code == .paused)
      #expect(refusal.message == "not asked for another 0.001 seconds: nobody is there")
      now += .milliseconds(pause)
    }
    #expect(gate.enter(at: now) == nil)
    #expect(gate.refusal(at: now)?.message == "not asked while another call tries: nobody is there")
    #expect(gate.enter(at: now)?.code == .paused)
    gate.succeeded()
    #expect(gate.enter(at: now) == nil)
    gate.failed(failure, at: now)
    #expect(gate.refusal(at: now + .milliseconds(99)) != nil)
    #expect(gate.refusal(at: now + .milliseconds(100)) == nil)
  }

  @Test("counts failures at the same time once")
  mutating func together() {
    for _ in 0..<3 { #expect(gate.enter(at: start) == nil) }
    for _ in 0..<3 { gate.failed(failure, at: start) }
    #expect(gate.refusal(at: start + .milliseconds(100)) == nil)
  }
}
