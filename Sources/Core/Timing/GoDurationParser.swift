/// Reads Go's duration text: a sign, then numbers with a unit each, such as `1h30m` or `-1.5s`.
struct GoDurationParser<Text: StringProtocol> {
  private let text: Text
  private var rest: Text.UTF8View.SubSequence

  init(_ text: Text) {
    self.text = text
    rest = text.utf8[...]
  }

  /// The whole text in nanoseconds.
  mutating func nanoseconds() throws(DurationError) -> Int64 {
    let negative = rest.first == UInt8(ascii: "-")
    if negative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    if rest.elementsEqual("0".utf8) { return 0 }
    if rest.isEmpty { throw malformed("it is empty") }
    var total: UInt64 = 0
    while !rest.isEmpty {
      let (sum, overflow) = total.addingReportingOverflow(try component())
      // The longest negative duration is one nanosecond longer than the longest positive one.
      guard !overflow, sum <= Int64.min.magnitude else { throw outOfRange }
      total = sum
    }
    if negative { return Int64(truncatingIfNeeded: 0 &- total) }
    guard let positive = Int64(exactly: total) else { throw outOfRange }
    return positive
  }

  /// One number with its unit, in nanoseconds.
  private mutating func component() throws(DurationError) -> UInt64 {
    let whole = takeDigits()
    var fraction = rest.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = takeDigits()
    }
    if whole.isEmpty && fraction.isEmpty { throw malformed("a number is expected before each unit") }
    let unit = try takeUnit()
    var nanoseconds: UInt64 = 0
    for digit in whole {
      let (shifted, overflow) = nanoseconds.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
      guard !overflow, !carry else { throw outOfRange }
      nanoseconds = sum
    }
    let (scaled, overflow) = nanoseconds.multipliedReportingOverflow(by: unit)
    let (sum, carry) = scaled.addingReportingOverflow(Self.part(fraction, of: unit))
    guard !overflow, !carry else { throw outOfRange }
    return sum
  }

  private mutating func takeDigits() -> Text.UTF8View.SubSequence {
    let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    rest = rest[digits.endIndex...]
    return digits
  }

  /// The unit that follows, in nanoseconds.
  private mutating func takeUnit() throws(DurationError) -> UInt64 {
    let name = rest.prefix { $0 != UInt8(ascii: ".") && !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) }
    rest = rest[name.endIndex...]
    let allowed = "use ns, us, ms, s, m or h, as in \"10s\" or \"1h30m\""
    if name.isEmpty {
      throw DurationError(code: .unknownUnit, value: text, reason: "a number has no unit; \(allowed)")
    }
    switch String(decoding: name, as: UTF8.self) {
    case "ns": return 1
    case "us", "\u{B5}s", "\u{3BC}s": return 1000  // The micro sign and the Greek letter, which look alike.
    case "ms": return 1_000_000
    case "s": return 1_000_000_000
    case "m": return 60_000_000_000
    case "h": return 3_600_000_000_000
    default: throw DurationError(code: .unknownUnit, value: text, reason: "a unit is not known; \(allowed)")
    }
  }

  /// The digits after a decimal point, as a share of a unit.
  ///
  /// In floating point, as Go does: a third of an hour in 19 digits is then 20 minutes and not a nanosecond less.
  private static func part(_ digits: Text.UTF8View.SubSequence, of unit: UInt64) -> UInt64 {
    var value: UInt64 = 0
    var scale = 1.0
    for digit in digits {
      // What fits 63 bits is enough: the digits after it change no nanosecond.
      guard value <= UInt64(Int64.max) / 10 else { break }
      value = value * 10 + UInt64(digit - UInt8(ascii: "0"))
      scale *= 10
    }
    return UInt64(Double(value) * (Double(unit) / scale))
  }

  private func malformed(_ reason: String) -> DurationError {
    DurationError(code: .malformed, value: text, reason: "\(reason); write it as in \"10s\" or \"1h30m\"")
  }

  private var outOfRange: DurationError {
    DurationError(code: .outOfRange, value: text, reason: "at most 2562047h47m16.854775807s can be expressed")
  }
}
