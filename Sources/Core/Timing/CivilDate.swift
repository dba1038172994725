/// A day of the Gregorian calendar, extended to all years.
struct CivilDate: Equatable {
  var year: Int64
  var month: Int64
  var day: Int64

  /// The date that is `days` days after 1970-01-01.
  ///
  /// The calendar repeats every 400 years, which are 146,097 days. Years that start on 1 March put the leap
  /// day last, so that the month follows from the day of the year by a straight line: five months are 153 days.
  init(daysSinceEpoch days: Int64) {
    let daysFrom0000March1ToEpoch: Int64 = 719_468
    let (era, dayOfEra) = (days + daysFrom0000March1ToEpoch).flooredDivision(by: 146_097)
    // Take out the leap days (one in 4 years, none in 100, one in 400) to make all years 365 days long.
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  }
}

extension Int64 {
  /// Quotient rounded down, and the remainder, which is never negative, for a divisor above zero.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
