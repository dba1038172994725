/// A time, as what is kept per instance holds it.
///
/// The size of `ContinuousClock.Instant` is only known when a program runs, which makes each use of a struct that holds one
/// several times as dear. The time since a fixed moment has a size that the compiler knows.
struct Moment: Sendable, Comparable {
  private static let origin = ContinuousClock.now

  private var sinceOrigin: Duration

  init(_ instant: ContinuousClock.Instant) { sinceOrigin = Self.origin.duration(to: instant) }

  /// The same as an instant of the clock.
  var instant: ContinuousClock.Instant { Self.origin + sinceOrigin }

  static func < (one: Moment, other: Moment) -> Bool { one.sinceOrigin < other.sinceOrigin }

  static func + (moment: Moment, time: Duration) -> Moment {
    var later = moment
    later.sinceOrigin += time
    return later
  }
}
