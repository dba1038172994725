internal import CProcess
internal import Glibc

/// Wakes the thread that waits, from any other.
public final class PollWaker: Sendable {
  /// Can be read once the thread is to wake, until it rests.
  package let file: Int32

  /// Wakes nobody yet.
  ///
  /// - Throws: `EventPollError` when the system has no file for it.
  package init() throws(EventPollError) {
    file = muster_eventfd()
    guard file >= 0 else { throw EventPollError("no event file to be had", errno) }
  }

  deinit {
    close(file)
  }

  /// Ends the present wait, or else the next one.
  public func wake() {
    var one: UInt64 = 1
    _ = unsafe write(file, &one, 8)
  }

  /// Takes notice of having been woken.
  package func rest() {
    var count: UInt64 = 0
    _ = unsafe read(file, &count, 8)
  }
}
