import MusterResilience
import MusterTestSupport
import Testing

private let start = ContinuousClock.now

@Suite("A hedge policy")
struct HedgePolicyTests {
  @Test("waits until enough latencies are known")
  func fewSamples() throws {
    var policy = try HedgePolicy()
    for _ in 0..<99 { policy.record(.milliseconds(5)) }
    #expect(policy.plan(isIdempotent: true, deadline: .never, at: start) == .wait(.tooFewSamples))
    policy.record(.milliseconds(5))
    #expect(try delay(of: policy) >= .milliseconds(5))
  }

  @Test(
    "hedges after the percentile, at most a sixteenth late",
    arguments: [(0.5, 1), (0.9, 30), (0.95, 1_000), (0.99, 20_000), (0.999, 3_000_000)])
  func percentile(share: Double, microseconds: Int) throws {
    var random = SplitMix64(seed: 5)
    var policy = try HedgePolicy(.init(percentile: share, minimumDelay: .zero, maximumDelay: .seconds(80_000)))
    var latencies: [Int] = []
    // A whole number of updates, so that the plan knows every latency.
    for _ in 0..<9_900 {
      let latency = Int.random(in: 0...microseconds * 2, using: &random)
      latencies.append(latency)
      policy.record(.microseconds(latency))
    }
    let exact = latencies.sorted()[Int((share * 9_900).rounded(.up)) - 1]
    let planned = try delay(of: policy)
    #expect(planned > .microseconds(exact))
    #expect(planned <= .microseconds(exact + exact / 16 + 1))
  }

  @Test("forgets how long calls took before the last 20,000")
  func forgets() throws {
    var policy = try HedgePolicy()
    for _ in 0..<30_000 { policy.record(.seconds(5)) }
    for _ in 0..<20_200 { policy.record(.milliseconds(10)) }
    #expect(try delay(of: policy) < .milliseconds(11))
  }

  @Test("keeps its delay within its bounds, whatever it is told")
  func bounds() throws {
    for (latency, expected) in [
      (Duration.zero, Duration.milliseconds(1)), (.seconds(Int64.min), .milliseconds(1)),
      (.seconds(Int64.max), .seconds(10)), (.seconds(4_294), .seconds(10)),
    ] {
      var policy = try HedgePolicy(.init(minimumSamples: 1))
      policy.record(latency)
      #expect(try delay(of: policy) == expected)
    }
  }

  @Test("says why it leaves a call alone")
  func reasons() throws {
    var policy = try HedgePolicy(.init(minimumSamples: 1))
    policy.record(.milliseconds(100))
    #expect(policy.plan(isIdempotent: false, deadline: .never, at: start) == .wait(.notIdempotent))
    let deadline = Deadline(.milliseconds(100), after: start)
    #expect(policy.plan(isIdempotent: true, deadline: deadline, at: start) == .wait(.deadline))
  }

  @Test(
    "refuses settings that make no sense",
    arguments: [
      HedgePolicy.Settings(percentile: 0.4), .init(percentile: 1), .init(minimumSamples: 0),
      .init(minimumDelay: .seconds(11)), .init(maximumDelay: .seconds(100_000)),
    ])
  func refuses(settings: HedgePolicy.Settings) {
    #expect(throws: ResilienceError.self) { try HedgePolicy(settings) }
  }

  private func delay(of policy: HedgePolicy) throws -> Duration {
    guard case .hedge(let delay) = policy.plan(isIdempotent: true, deadline: .never, at: start) else {
      throw NotHedged()
    }
    return delay
  }

  private struct NotHedged: Error {}
}
