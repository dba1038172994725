extension Timestamp {
  /// The moment in UTC as RFC 3339 writes it, always with milliseconds: `2026-01-02T03:04:05.678Z`.
  ///
  /// Moments outside the years 0000 to 9999, which the format can't express, become the nearest one it can.
  public var rfc3339: String {
    let clamped = min(max(milliseconds, Self.earliestWritable), Self.latestWritable)
    let (days, ofDay) = clamped.flooredDivision(by: 86_400_000)
    let date = CivilDate(daysSinceEpoch: days)
    var text: [UInt8] = []
    text.reserveCapacity(24)
    text.append(decimal: date.year, width: 4)
    text.append(UInt8(ascii: "-"))
    text.append(decimal: date.month, width: 2)
    text.append(UInt8(ascii: "-"))
    text.append(decimal: date.day, width: 2)
    text.append(UInt8(ascii: "T"))
    text.append(decimal: ofDay / 3_600_000, width: 2)
    text.append(UInt8(ascii: ":"))
    text.append(decimal: ofDay / 60_000 % 60, width: 2)
    text.append(UInt8(ascii: ":"))
    text.append(decimal: ofDay / 1000 % 60, width: 2)
    text.append(UInt8(ascii: "."))
    text.append(decimal: ofDay % 1000, width: 3)
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// 0000-01-01T00:00:00.000Z.
  private static let earliestWritable: Int64 = -62_167_219_200_000

  /// 9999-12-31T23:59:59.999Z.
  private static let latestWritable: Int64 = 253_402_300_799_999
}

extension [UInt8] {
  /// Appends the last `width` decimal digits of a number that is not negative.
  fileprivate mutating func append(decimal number: Int64, width: Int) {
    var rest = number
    let start = count
    for _ in 0..<width {
      insert(UInt8(ascii: "0") + UInt8(rest % 10), at: start)
      rest /= 10
    }
  }
}
