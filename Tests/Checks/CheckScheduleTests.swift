import MusterTiming
import Testing

@testable import MusterChecks

@Suite("A schedule of checks")
struct CheckScheduleTests {
  private let begin = ContinuousClock.now
  private var random = SplitMix64(seed: 3)

  /// The moments at which each check is started, when each run takes `length`, within `time`.
  private mutating func starts(
    _ schedule: inout CheckSchedule, for time: Duration, length: Duration = .zero
  ) -> [UInt64: [Duration]] {
    var starts: [UInt64: [Duration]] = [:]
    var ends: [(time: ContinuousClock.Instant, id: UInt64)] = []
    var now = begin
    while true {
      guard let next = [schedule.nextBeat(), ends.first?.time].compactMap({ $0 }).min(), next < begin + time else {
        return starts
      }
      now = max(now, next)
      while let first = ends.first, first.time <= now {
        ends.removeFirst()
        schedule.finish(first.id, at: now, using: &random)
      }
      for id in schedule.takeDue(at: now) {
        schedule.start(id, at: now)
        starts[id, default: []].append(now - begin)
        ends.append((now + length, id))
      }
    }
  }

  @Test("runs a lone check at once, and then at every interval from a random moment on")
  mutating func lone() {
    var schedule = CheckSchedule()
    schedule.add(1, interval: .seconds(10), at: begin, using: &random)
    #expect(schedule.nextBeat() == begin + CheckSchedule.firstRunDistance)
    let times = starts(&schedule, for: .seconds(100))[1] ?? []
    #expect((10...12).contains(times.count))
    #expect(times[1] - times[0] <= .seconds(10))
    for (one, next) in zip(times.dropFirst(), times.dropFirst(2)) { #expect(next - one == .seconds(10)) }
  }

  @Test("never lets a thousand checks that were added together fire together", arguments: [1, 5, 10, 60])
  mutating func spread(_ seconds: Int) {
    var schedule = CheckSchedule()
    for id in 1...1_000 { schedule.add(UInt64(id), interval: .seconds(seconds), at: begin, using: &random) }
    let times = starts(&schedule, for: .seconds(seconds * 6)).values.flatMap { $0 }
    var perSlice: [Int64: Int] = [:]
    for time in times { perSlice[time.millisecondsClamped / 100, default: 0] += 1 }
    // 1,000 starts at random in an interval are 100 in a slice of 100 ms at 1 s; with 4 standard deviations to spare
    // for each of up to 3,600 slices, and the first runs on top of that.
    let usual = 100.0 / Double(seconds)
    let limit = Int(usual + 4.5 * usual.squareRoot()) + 51 + 10
    #expect((perSlice.values.max() ?? 0) <= limit)
    #expect(times.count >= 5_000)
    // Each has run once by the end of the first interval.
    var first = CheckSchedule()
    for id in 1...1_000 { first.add(UInt64(id), interval: .seconds(seconds), at: begin, using: &random) }
    #expect(first.takeDue(at: begin + .seconds(seconds)).count == 1_000)
  }

  @Test("does not start a check again while it runs, and goes on with its next beat")
  mutating func overrun() {
    var schedule = CheckSchedule()
    schedule.add(1, interval: .seconds(1), at: begin, using: &random)
    let times = starts(&schedule, for: .seconds(60), length: .milliseconds(2_500))[1] ?? []
    for (one, next) in zip(times, times.dropFirst()) { #expect(next - one >= .milliseconds(2_500)) }
    for (one, next) in zip(times.dropFirst(), times.dropFirst(2)) { #expect(next - one == .seconds(3)) }
    #expect(schedule.skipped >= 36)
  }

  @Test("keeps its beat when a start is late, and knows how late it was")
  mutating func late() throws {
    var schedule = CheckSchedule()
    schedule.add(1, interval: .seconds(10), at: begin, using: &random)
    #expect(schedule.takeDue(at: begin + .seconds(1)) == [1])
    #expect(schedule.takeDue(at: begin + .seconds(2)) == [])
    schedule.start(1, at: begin + .seconds(2))
    schedule.finish(1, at: begin + .seconds(2), using: &random)
    let next = schedule.nextBeat()
    let beat = try #require(next)
    #expect(schedule.takeDue(at: beat) == [1])
    schedule.start(1, at: beat + .milliseconds(700))
    schedule.finish(1, at: beat + .milliseconds(800), using: &random)
    #expect(schedule.nextBeat() == beat + .seconds(10))
    #expect((Duration.milliseconds(1_998)...(.milliseconds(2_250))).contains(schedule.lateness.quantile(1)))
    #expect((Duration.milliseconds(700)...(.milliseconds(800))).contains(schedule.lateness.quantile(0.5)))
  }

  @Test("forgets a check that is removed, in whatever state it is")
  mutating func removal() {
    var schedule = CheckSchedule()
    for id: UInt64 in 1...3 { schedule.add(id, interval: .seconds(1), at: begin, using: &random) }
    _ = schedule.takeDue(at: begin + .seconds(1))
    schedule.start(2, at: begin + .seconds(1))
    schedule.start(3, at: begin + .seconds(1))
    schedule.finish(3, at: begin + .seconds(1), using: &random)
    for id: UInt64 in 1...3 { schedule.remove(id) }
    schedule.start(1, at: begin + .seconds(2))
    schedule.finish(2, at: begin + .seconds(2), using: &random)
    #expect(schedule.nextBeat() == nil)
    #expect(schedule.count == 0)
  }

  @Test("does not run anything more often than every second", arguments: [-1, 0, 1, 999])
  mutating func leastInterval(_ milliseconds: Int) {
    var schedule = CheckSchedule()
    schedule.add(1, interval: .milliseconds(milliseconds), at: begin, using: &random)
    #expect((10...12).contains(starts(&schedule, for: .seconds(10))[1]?.count ?? 0))
  }
}

@Suite("A histogram of lateness")
struct LatenessHistogramTests {
  private let begin = ContinuousClock.now

  @Test("tells quantiles to within an eighth", arguments: [1, 7, 8, 9, 100, 1_000, 12_345, 1_000_000, 60_000_000])
  func precision(_ microseconds: Int64) {
    var histogram = LatenessHistogram()
    histogram.note(.microseconds(microseconds), at: begin)
    let read = histogram.quantile(0.99)
    #expect(read >= .microseconds(microseconds))
    #expect(read <= .microseconds(microseconds + microseconds / 8))
  }

  @Test("tells the share asked for")
  func share() {
    var histogram = LatenessHistogram()
    for number in 1...100 { histogram.note(number <= 98 ? .milliseconds(1) : .seconds(1), at: begin) }
    #expect(histogram.quantile(0.98) < .milliseconds(2))
    #expect(histogram.quantile(0.99) >= .seconds(1))
  }

  @Test("forgets after two minutes, and holds whatever comes")
  func window() {
    var histogram = LatenessHistogram()
    #expect(histogram.quantile(0.99) == .zero)
    histogram.note(.seconds(-5), at: begin)
    histogram.note(.seconds(1_000_000_000), at: begin)
    histogram.note(.zero, at: begin + .seconds(61))
    #expect(histogram.quantile(1) > .seconds(1))
    histogram.note(.zero, at: begin + .seconds(200))
    #expect(histogram.quantile(1) == .zero)
  }
}
