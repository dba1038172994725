internal import MusterResilience
internal import Testing

@Suite("An outlier detector")
struct OutlierDetectorTests {
  private let start = ContinuousClock.now
  private let ids = (0..<10).map { "i\($0)" }

  private func detector(_ settings: OutlierDetector.Settings = .init()) throws -> OutlierDetector {
    var detector = try OutlierDetector(settings)
    detector.update(ids)
    return detector
  }

  @Test("ejects after five failures in a row, for longer each time, and restores")
  func consecutive() throws {
    var detector = try detector()
    var now = start
    for seconds in [30, 60, 90] {
      var decisions = (0..<5).compactMap { _ in detector.record("i3", success: false, at: now) }
      #expect(decisions == [.eject(id: "i3", reason: "5 failures in a row", for: .seconds(seconds))])
      now += .seconds(seconds)
      decisions = detector.sweep(at: now)
      #expect(decisions == [.restore(id: "i3")])
    }
    // Each sweep that it is in and well takes one off again.
    for _ in 0..<3 { #expect(detector.sweep(at: now) == []) }
    let decisions = (0..<5).compactMap { _ in detector.record("i3", success: false, at: now) }
    #expect(decisions == [.eject(id: "i3", reason: "5 failures in a row", for: .seconds(30))])
  }

  @Test("never ejects more than the share, but one always")
  func bounded() throws {
    var detector = try detector(.init(ejectedShare: 0.25))
    var ejected: Set<String> = []
    var spared: Set<String> = []
    for id in ids {
      for _ in 0..<5 {
        switch detector.record(id, success: false, at: start) {
        case .eject(let id, _, _): ejected.insert(id)
        case .spare(let id, _): spared.insert(id)
        default: break
        }
      }
    }
    #expect(ejected == ["i0", "i1"])
    #expect(spared.count == 8)
    var few = try OutlierDetector(.init(ejectedShare: 0))
    few.update(["only"])
    #expect((0..<5).compactMap { _ in few.record("only", success: false, at: start) }.count == 1)
  }

  /// Nine at 100 % and one at 90 %: mean 99 %, σ 3 %, bound 99 − 1.9 · 3 = 93.3 %.
  @Test("ejects who does worse than the others, with the figures")
  func successRate() throws {
    var detector = try detector()
    for number in 0..<100 {
      for id in ids { #expect(detector.record(id, success: id != "i7" || number % 10 != 0, at: start) == nil) }
    }
    let reason = "90.0 % of its calls succeeded, below 93.3 %"
    #expect(detector.sweep(at: start) == [.eject(id: "i7", reason: reason, for: .seconds(30))])
    #expect(detector.sweep(at: start) == [])
  }

  @Test("compares nothing with too few calls or instances")
  func tooFew() throws {
    var detector = try detector()
    for id in ids {
      for number in 0..<99 { _ = detector.record(id, success: id != "i7" || number % 4 != 0, at: start) }
    }
    #expect(detector.sweep(at: start) == [])
  }

  @Test("forgets instances that are gone, and counts ejections anew")
  func update() throws {
    var detector = try detector()
    for _ in 0..<5 { _ = detector.record("i0", success: false, at: start) }
    detector.update(ids.dropFirst())
    #expect(detector.record("i0", success: false, at: start) == nil)
    #expect((0..<5).compactMap { _ in detector.record("i1", success: false, at: start) }.count == 1)
  }
}
