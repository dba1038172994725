import MusterTiming
import Testing

@Suite("A timestamp")
struct TimestampTests {
  @Test(
    "is written as RFC 3339 in UTC with milliseconds",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (1, "1970-01-01T00:00:00.001Z"),
      (1_767_323_045_678, "2026-01-02T03:04:05.678Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (951_868_799_999, "2000-02-29T23:59:59.999Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
      (1_735_689_599_999, "2024-12-31T23:59:59.999Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (-62_167_219_200_001, "0000-01-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (253_402_300_800_000, "9999-12-31T23:59:59.999Z"),
      (Int64.min, "0000-01-01T00:00:00.000Z"), (Int64.max, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func writes(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
  }

  @Test("is written so that texts sort as the moments do, day by day for 400 years")
  func sorts() {
    var last = Timestamp(milliseconds: -1_000_000_000_000).rfc3339
    for day in 1..<146_098 as Range<Int64> {
      let text = Timestamp(milliseconds: day * 86_400_000 - 1_000_000_000_000).rfc3339
      if text <= last { Issue.record("\(text) does not come after \(last)") }
      last = text
    }
    #expect(last == "2338-04-24T22:13:20.000Z")
  }

  @Test("compares by time")
  func compares() {
    #expect(Timestamp(milliseconds: -1) < Timestamp(milliseconds: 0))
    #expect(!(Timestamp(milliseconds: 5) < Timestamp(milliseconds: 5)))
  }
}
