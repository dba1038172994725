internal import Glibc
internal import MusterCommandLine
internal import MusterHTTPClient
internal import MusterThreading

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

  /// Takes the end of standard output's reader as a signal too: what waits for a change would notice no sooner.
  static func comeWhenReaderIsGone() throws(CommandError) {
    do throws(ThreadingError) {
      _ = try WorkerThread(name: "reader") {
        StandardStream.output.waitUntilReaderIsGone()
        cancellation.cancel()
      }
    } catch {
      throw CommandError(.failed, error.message)
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
