internal import CProcess
internal import Glibc
internal import MusterTiming

/// Waits for files to become ready, and for whoever wants to wake the thread that waits.
package final class EventPoll {
  /// A file that is ready.
  package struct Ready {
    /// What the file was watched with.
    package let token: UInt64
    /// There is something to read, or the end.
    package let isReadable: Bool
    /// Something can be written.
    package let isWritable: Bool
    /// The file has failed or was hung up.
    package let isBroken: Bool

    init(_ event: muster_ready) {
      token = event.token
      isReadable = event.events & muster_epoll_readable() != 0
      isWritable = event.events & muster_epoll_writable() != 0
      isBroken = event.events & muster_epoll_broken() != 0
    }
  }

  /// Wakes the waiting thread.
  package let waker: PollWaker
  private let epoll: Int32
  private var buffer = [muster_ready](repeating: muster_ready(), count: Int(MUSTER_READY_LIMIT))

  /// The token that the waker has.
  private static let wakeToken = UInt64.max

  /// Watches nothing yet.
  ///
  /// - Throws: `EventPollError` when the system has no files for it.
  package init() throws(EventPollError) {
    epoll = muster_epoll_create()
    guard epoll >= 0 else { throw EventPollError("no event queue to be had", errno) }
    do throws(EventPollError) {
      waker = try PollWaker()
    } catch {
      close(epoll)
      throw error
    }
    _ = muster_epoll_set(epoll, EPOLL_CTL_ADD, waker.file, muster_epoll_readable(), Self.wakeToken)
  }

  deinit {
    close(epoll)
  }

  /// Waits for a file, or changes what is waited for; returns whether the system takes it.
  @discardableResult
  package func watch(_ file: Int32, readable: Bool, writable: Bool, token: UInt64) -> Bool {
    let events = (readable ? muster_epoll_readable() : 0) | (writable ? muster_epoll_writable() : 0)
    if muster_epoll_set(epoll, EPOLL_CTL_MOD, file, events, token) == 0 { return true }
    return muster_epoll_set(epoll, EPOLL_CTL_ADD, file, events, token) == 0
  }

  /// Waits for a file no more.
  package func forget(_ file: Int32) {
    _ = muster_epoll_set(epoll, EPOLL_CTL_DEL, file, 0, 0)
  }

  /// What is ready, after waiting until `deadline` at the most, and whether the waker was used.
  package func wait(until deadline: ContinuousClock.Instant) -> (ready: [Ready], isWoken: Bool) {
    let left = ContinuousClock.now.duration(to: deadline)
    // Rounded up: a thread that wakes too early would have nothing to do and wait again.
    let milliseconds = left <= .zero ? 0 : min(left.millisecondsClamped + 1, 3_600_000)
    let count = unsafe muster_epoll_wait(epoll, &buffer, Int32(milliseconds))
    guard count > 0 else { return ([], false) }
    let events = buffer[..<Int(count)]
    let isWoken = events.contains { $0.token == Self.wakeToken }
    if isWoken { waker.rest() }
    return (events.filter { $0.token != Self.wakeToken }.map { Ready($0) }, isWoken)
  }
}
