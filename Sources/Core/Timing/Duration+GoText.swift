extension Duration {
  /// Reads a duration as Go writes it: `10s`, `1h30m`, `1.5s`, `300ms`, `-2us`, or a bare `0`.
  ///
  /// - Parameter text: Decimal numbers, each with a unit of `ns`, `us` (or `µs`), `ms`, `s`, `m` or `h`, after at
  ///   most one sign. Digits beyond a nanosecond are dropped.
  /// - Throws: ``DurationError`` for any other text, and for more than 2⁶³ nanoseconds.
  public init(goText text: some StringProtocol) throws(DurationError) {
    var parser = GoDurationParser(text)
    self = .nanoseconds(try parser.nanoseconds())
  }

  /// The duration as Go prints it: `10s`, `1m30s`, `1h0m0s`, `1.5s`, `300ms`, `0s`.
  ///
  /// What is below a nanosecond is dropped; what Go can't express becomes the longest duration it can.
  public var goText: String {
    let nanoseconds = nanosecondsClamped
    let sign = nanoseconds < 0 ? "-" : ""
    let magnitude = nanoseconds.magnitude
    switch magnitude {
    case 0: return "0s"
    case ..<1000: return "\(sign)\(magnitude)ns"
    case ..<1_000_000: return sign + Self.decimal(magnitude, per: 1000) + "µs"
    case ..<1_000_000_000: return sign + Self.decimal(magnitude, per: 1_000_000) + "ms"
    default: break
    }
    let minutes = magnitude / 60_000_000_000
    var text = sign
    if minutes >= 60 { text += "\(minutes / 60)h" }
    if minutes > 0 { text += "\(minutes % 60)m" }
    return text + Self.decimal(magnitude % 60_000_000_000, per: 1_000_000_000) + "s"
  }

  /// `value / unit` with as many decimals as it takes; the unit is a power of ten.
  private static func decimal(_ value: UInt64, per unit: UInt64) -> String {
    var text = String(value / unit)
    var rest = value % unit
    if rest > 0 { text += "." }
    var place = unit
    while rest > 0 {
      place /= 10
      text += String(rest / place)
      rest %= place
    }
    return text
  }
}
