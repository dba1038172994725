import MusterResilience
import MusterTestSupport
import Testing

private let start = ContinuousClock.now

@Suite("An outlier detector")
struct OutlierDetectorTests {
  @Test("ejects at the fifth failure in a row, for 30 seconds more each time up to 300")
  func consecutive() throws {
    var detector = try detector(of: 3)
    var now = start
    for times in 1...12 {
      let decision = fail("i0", 5, &detector, at: now)
      let time = Duration.seconds(min(30 * times, 300))
      #expect(decision == .eject("i0", because: .consecutiveFailures(5), for: time))
      #expect(detector.ejected == ["i0"])
      let early = detector.sweep(at: now + time - .nanoseconds(1))
      #expect(early == [])
      now += time
      let due = detector.sweep(at: now)
      #expect(due == [.admit("i0")])
    }
  }

  @Test("forgives one ejection with each sweep that finds the instance taking calls")
  func forgives() throws {
    var detector = try detector(of: 3)
    _ = fail("i0", 5, &detector, at: start)
    _ = detector.sweep(at: start + .seconds(30))
    _ = detector.sweep(at: start + .seconds(40))
    let decision = fail("i0", 5, &detector, at: start + .seconds(40))
    #expect(decision == .eject("i0", because: .consecutiveFailures(5), for: .seconds(30)))
  }

  @Test("ejects a tenth of the instances but always one", arguments: [(1, 1), (3, 1), (19, 1), (20, 2), (100, 10)])
  func share(total: Int, allowed: Int) throws {
    var detector = try detector(of: total)
    var spared = 0
    for index in 0..<total {
      if case .spare(_, _, let ejected, total) = fail("i\(index)", 5, &detector, at: start) {
        spared += 1
        #expect(ejected == allowed)
      }
    }
    #expect(detector.ejected.count == allowed)
    #expect(spared == total - allowed)
  }

  @Test("ejects the instance whose success rate is far below the others'")
  func successRate() throws {
    var detector = try detector(of: 10)
    for index in 0..<10 {
      for call in 0..<100 {
        // 1 % of the calls fail, and every fourth one of the last instance.
        let isFailure = call.isMultiple(of: index == 9 ? 4 : 100)
        _ = detector.report(isFailure ? .failed : .success, from: "i\(index)", at: start)
      }
    }
    let early = detector.sweep(at: start + .seconds(9))
    #expect(early == [])
    let decisions = detector.sweep(at: start + .seconds(10))
    guard case .eject("i9", .successRate(let rate, let least), .seconds(30)) = decisions.first else {
      Issue.record("\(decisions)")
      return
    }
    // Mean 0.966, deviation 0.072.
    #expect(rate == 0.75)
    #expect(abs(least - (0.966 - 1.9 * 0.072)) < 1e-9)
    #expect(decisions.count == 1)
  }

  @Test(
    "leaves success rates alone with too few instances, too few calls, or no difference",
    arguments: [(4, 100, 4), (10, 99, 4), (10, 100, 7), (7, 1_000, 7)])
  func noJudgement(instances: Int, calls: Int, every: Int) throws {
    var detector = try detector(of: instances)
    for index in 0..<instances {
      for call in 0..<calls {
        let isFailure = call.isMultiple(of: index == 0 ? every : 7)
        _ = detector.report(isFailure ? .failed : .success, from: "i\(index)", at: start)
      }
    }
    let decisions = detector.sweep(at: start + .seconds(10))
    #expect(decisions == [])
  }

  @Test("forgets instances that left and ignores those it does not know")
  func update() throws {
    var detector = try detector(of: 3)
    _ = fail("i0", 5, &detector, at: start)
    detector.update(["i1", "i2", "i2"])
    #expect(detector.ejected == [])
    let unknown = fail("i0", 50, &detector, at: start)
    #expect(unknown == nil)
    let other = fail("i1", 5, &detector, at: start)
    #expect(other == .eject("i1", because: .consecutiveFailures(5), for: .seconds(30)))
  }

  @Test("never has more out than it may, whatever happens", arguments: [1, 2, 3] as [UInt64])
  func random(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var detector = try OutlierDetector(.init(maximumShare: 0.3, minimumCalls: 5), at: start)
    var count = 10
    detector.update((0..<count).map { "i\($0)" })
    var now = start
    for _ in 0..<20_000 {
      now += .milliseconds(Int.random(in: 0...50, using: &random))
      let outcome = CallOutcome.allCases.randomElement(using: &random) ?? .failed
      let decision = detector.report(outcome, from: "i\(Int.random(in: 0..<12, using: &random))", at: now)
      let swept = detector.sweep(at: now)
      let isEjecting = (swept + [decision].compactMap { $0 }).contains { if case .eject = $0 { true } else { false } }
      if isEjecting { #expect(detector.ejected.count <= max(count * 3 / 10, 1)) }
      if Int.random(in: 0..<500, using: &random) == 0 {
        count = Int.random(in: 0...12, using: &random)
        detector.update((0..<count).map { "i\($0)" })
      }
    }
  }

  @Test(
    "refuses settings that make no sense",
    arguments: [
      OutlierDetector.Settings(consecutiveFailures: 0), .init(interval: .zero), .init(baseTime: .seconds(301)),
      .init(maximumShare: 1.5), .init(maximumShare: .nan), .init(deviations: -1), .init(minimumInstances: 1),
      .init(minimumCalls: 0),
    ])
  func refuses(settings: OutlierDetector.Settings) {
    #expect(throws: ResilienceError.self) { try OutlierDetector(settings, at: start) }
  }

  private func detector(of count: Int) throws -> OutlierDetector {
    var detector = try OutlierDetector(at: start)
    detector.update((0..<count).map { "i\($0)" })
    return detector
  }

  /// The last decision after so many failures.
  private func fail(
    _ id: String, _ count: Int, _ detector: inout OutlierDetector, at now: ContinuousClock.Instant
  ) -> OutlierDetector.Decision? {
    var decision: OutlierDetector.Decision?
    for _ in 0..<count { decision = detector.report(.failed, from: id, at: now) }
    return decision
  }
}
