internal import Glibc
internal import MusterHTTPClient

/// Turns SIGINT and SIGTERM into the end of a command's waiting.
enum StopSignal {
  /// Cancelled by the first signal.
  static let cancellation = HTTPCancellation()

  /// Takes the first of either signal; a second one ends the process as usual.
  static func install() {
    // Made here, so that the handler finds it made: it must not allocate.
    _ = cancellation.isCancelled
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        StopSignal.cancellation.cancel()
        signal(number, SIG_DFL)
      }
    }
  }

  /// Waits, unless a signal comes or has come.
  static func sleep(_ duration: Duration) {
    let end = ContinuousClock.now + duration
    while !cancellation.isCancelled, ContinuousClock.now < end {
      usleep(50_000)
    }
  }
}
