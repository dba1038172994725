internal import MusterEventLoop

/// Makes a relay look at the time: often while it has calls, and rarely else.
final class RelayClock {
  private let timer: LoopTimer
  private var interval = slow

  private static let slow = Duration.seconds(1)
  /// A call that is given up so much late is none the worse for it.
  private static let usual = Duration.milliseconds(50)
  /// Retries and hedges wait for a few milliseconds.
  private static let quick = Duration.milliseconds(2)

  init(_ loop: EventLoop, _ tick: @escaping () -> Void) {
    timer = LoopTimer(loop, tick)
    timer.start(after: interval, every: interval)
  }

  /// There are calls now.
  func wake() { if interval > Self.usual { set(Self.usual) } }

  /// There is something to do soon.
  func hurry() { if interval > Self.quick { set(Self.quick) } }

  /// What there is to wait for from now on.
  func pace(hasCalls: Bool, isHurried: Bool) {
    let wanted = isHurried ? Self.quick : hasCalls ? Self.usual : Self.slow
    if wanted != interval { set(wanted) }
  }

  func stop() { timer.close() }

  private func set(_ interval: Duration) {
    self.interval = interval
    timer.start(after: interval, every: interval)
  }
}
