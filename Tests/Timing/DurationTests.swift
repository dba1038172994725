import MusterTiming
import Testing

@Suite("Go's duration text")
struct DurationTests {
  @Test(
    "is read to the nanosecond",
    arguments: [
      ("0", 0), ("-0", 0), ("+0", 0), ("0s", 0), ("5s", 5_000_000_000), ("+5s", 5_000_000_000),
      ("-5s", -5_000_000_000), ("300ms", 300_000_000), ("2us", 2000), ("2\u{B5}s", 2000), ("2\u{3BC}s", 2000),
      ("7ns", 7), ("1h30m", 5_400_000_000_000), ("1.5s", 1_500_000_000), ("5.s", 5_000_000_000),
      (".5s", 500_000_000), ("-.5s", -500_000_000), ("1h1m1s1ms1us1ns", 3_661_001_001_001),
      ("1m1m", 120_000_000_000), ("0.000000001s", 1), ("0.0000000019s", 1),
      ("1.00000000000000000000000s", 1_000_000_000),
      ("0.3333333333333333333h", 1_200_000_000_000), ("9007199254.740993ms", 9_007_199_254_740_993),
      ("9223372036854775807ns", Int64.max), ("9223372036.854775807s", Int64.max),
      ("-9223372036854775808ns", Int64.min), ("-9223372036.854775808s", Int64.min),
      ("000000000000000000000000000001s", 1_000_000_000),
    ] as [(String, Int64)])
  func reads(text: String, nanoseconds: Int64) throws {
    #expect(try Duration(goText: text) == .nanoseconds(nanoseconds))
    #expect(try Duration(goText: "<\(text)>".dropFirst().dropLast()) == .nanoseconds(nanoseconds))
  }

  @Test(
    "that is wrong is refused with the reason",
    arguments: [
      ("", .malformed, "empty"), ("-", .malformed, "empty"), ("+", .malformed, "empty"), ("s", .malformed, "number"),
      (".", .malformed, "number"), (".s", .malformed, "number"), ("-.s", .malformed, "number"),
      ("--1s", .malformed, "number"), ("+-1s", .malformed, "number"), (" 1s", .malformed, "number"),
      ("3", .unknownUnit, "no unit"), ("00", .unknownUnit, "no unit"), ("1h3", .unknownUnit, "no unit"),
      ("1..s", .unknownUnit, "no unit"), ("1.2.3s", .unknownUnit, "no unit"), ("1s ", .unknownUnit, "not known"),
      ("1 s", .unknownUnit, "not known"), ("1d", .unknownUnit, "use ns, us, ms, s, m or h"),
      ("1S", .unknownUnit, "not known"), ("1e3s", .unknownUnit, "not known"), ("1s-1s", .unknownUnit, "not known"),
      ("1\u{0}s", .unknownUnit, "not known"), ("１s", .malformed, "number"), ("1秒", .unknownUnit, "not known"),
      ("9223372036854775808ns", .outOfRange, "2562047h"), ("-9223372036854775809ns", .outOfRange, "2562047h"),
      ("9223372036.854775808s", .outOfRange, "2562047h"), ("2562048h", .outOfRange, "2562047h"),
      ("3000000h", .outOfRange, "2562047h"), ("99999999999999999999ns", .outOfRange, "2562047h"),
      ("18446744073709551616ns", .outOfRange, "2562047h"), ("2562047h48m", .outOfRange, "2562047h"),
    ] as [(String, DurationError.Code, String)])
  func refuses(text: String, code: DurationError.Code, fragment: String) {
    let error = #expect(throws: DurationError.self) { try Duration(goText: text) }
    #expect(error?.code == code)
    #expect(error?.value == text)
    #expect(error?.description.contains(fragment) == true)
  }

  @Test("that is endless is refused with a short message")
  func cutsTheValue() {
    let error = #expect(throws: DurationError.self) { try Duration(goText: String(repeating: "9", count: 100_000)) }
    #expect((error?.description.utf8.count ?? .max) < 300)
    #expect(error?.value.hasSuffix("9…") == true)
  }

  @Test(
    "is printed as Go prints it",
    arguments: [
      (0, "0s"), (1, "1ns"), (-1, "-1ns"), (1100, "1.1µs"), (2000, "2µs"), (2_200_000, "2.2ms"),
      (300_000_000, "300ms"), (1_500_000_000, "1.5s"), (3_300_000_000, "3.3s"), (10_000_000_000, "10s"),
      (60_000_000_000, "1m0s"), (90_000_000_000, "1m30s"), (245_000_000_000, "4m5s"), (245_001_000_000, "4m5.001s"),
      (3_600_000_000_000, "1h0m0s"), (18_367_001_000_000, "5h6m7.001s"), (480_000_000_001, "8m0.000000001s"),
      (-90_000_000_000, "-1m30s"), (Int64.max, "2562047h47m16.854775807s"),
      (Int64.min, "-2562047h47m16.854775808s"),
    ] as [(Int64, String)])
  func prints(nanoseconds: Int64, text: String) {
    #expect(Duration.nanoseconds(nanoseconds).goText == text)
  }

  @Test("is read back as it was printed")
  func roundTrip() throws {
    var random = SplitMix64(seed: 11)
    for _ in 0..<5000 {
      let duration = Duration.nanoseconds(Int64(bitPattern: random.next()) >> Int64.random(in: 0..<64, using: &random))
      #expect(try Duration(goText: duration.goText) == duration)
    }
  }

  @Test("made of random pieces never traps")
  func randomTexts() {
    var random = SplitMix64(seed: 12)
    let pieces = [
      "0", "1", "9", "99999999", ".", "-", "+", "h", "m", "s", "ms", "us", "µs", "ns", "n", " ", "\u{0}", "é",
    ]
    var accepted = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...8, using: &random)
      let text = (0..<count).map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
      guard let duration = try? Duration(goText: text) else { continue }
      accepted += 1
      #expect((try? Duration(goText: duration.goText)) == duration)
    }
    #expect(accepted > 100)
  }

  @Test("of more than Go's limit is clamped")
  func clamps() {
    #expect(Duration.seconds(Int64.max).nanosecondsClamped == .max)
    #expect(Duration.seconds(Int64.min).nanosecondsClamped == .min)
    #expect(Duration.seconds(Int64.max).millisecondsClamped == .max)
    #expect(Duration.seconds(Int64.min).millisecondsClamped == .min)
    #expect(Duration.milliseconds(-1500).millisecondsClamped == -1500)
    #expect(Duration.microseconds(-1500).millisecondsClamped == -1)
    #expect(Duration.microseconds(1999).millisecondsClamped == 1)
    #expect(Duration(secondsComponent: 1, attosecondsComponent: 999_999_999).nanosecondsClamped == 1_000_000_000)
    #expect(Duration.seconds(Int64.max).goText == "2562047h47m16.854775807s")
  }
}
