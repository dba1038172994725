internal import MusterLoad
internal import Testing

@Suite("A latency histogram")
struct LatencyHistogramTests {
  @Test("gives 0 for every quantile when nothing was recorded")
  func empty() {
    #expect(LatencyHistogram().time(at: 0.5) == 0)
    #expect(LatencyHistogram().longest == 0)
  }

  @Test("gives a single time back within 1.6 %", arguments: [0, 1, 63, 64, 65, 127, 128, 1_000, 123_456_789, .max])
  func single(time: UInt64) {
    var histogram = LatencyHistogram()
    histogram.record(time)
    #expect(histogram.time(at: 0.5) == time)
    #expect(histogram.longest == time)
  }

  @Test("finds quantiles within 1.6 %", arguments: [(0.0, 1), (0.5, 500_000), (0.99, 990_000), (1.0, 1_000_000)])
  func quantiles(quantile: Double, expected: UInt64) {
    var histogram = LatencyHistogram()
    for time in 1...1_000 { histogram.record(UInt64(time) * 1_000) }
    let found = Double(histogram.time(at: quantile))
    let exact = max(1_000, Double(expected))
    #expect(found >= exact && found <= exact * 1.016)
  }
}
