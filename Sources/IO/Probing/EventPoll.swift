internal import CProcess
internal import Glibc
internal import MusterTiming

/// Waits for files to become ready, and for whoever wants to wake the thread that waits.
final class EventPoll {
  /// A file that is ready.
  struct Ready {
    let token: UInt64
    let isReadable: Bool
    let isWritable: Bool
    let isBroken: Bool

    init(_ event: muster_ready) {
      token = event.token
      isReadable = event.events & muster_epoll_readable() != 0
      isWritable = event.events & muster_epoll_writable() != 0
      isBroken = event.events & muster_epoll_broken() != 0
    }
  }

  /// Wakes the waiting thread.
  let waker: ProbeWaker
  private let epoll: Int32
  private var buffer = [muster_ready](repeating: muster_ready(), count: Int(MUSTER_READY_LIMIT))

  /// The token that the waker has.
  private static let wakeToken = UInt64.max

  init() throws(ProbingError) {
    epoll = muster_epoll_create()
    guard epoll >= 0 else { throw ProbingError("no event queue to be had: \(TransferAnswer.describe(errno))") }
    do throws(ProbingError) {
      waker = try ProbeWaker()
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
  func watch(_ file: Int32, readable: Bool, writable: Bool, token: UInt64) -> Bool {
    let events = (readable ? muster_epoll_readable() : 0) | (writable ? muster_epoll_writable() : 0)
    if muster_epoll_set(epoll, EPOLL_CTL_MOD, file, events, token) == 0 { return true }
    return muster_epoll_set(epoll, EPOLL_CTL_ADD, file, events, token) == 0
  }

  /// Waits for a file no more.
  func forget(_ file: Int32) {
    _ = muster_epoll_set(epoll, EPOLL_CTL_DEL, file, 0, 0)
  }

  /// What is ready, after waiting until `deadline` at the most, and whether the waker was used.
  func wait(until deadline: ContinuousClock.Instant) -> (ready: [Ready], isWoken: Bool) {
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

/// Wakes the thread that waits for probes, from any other.
public final class ProbeWaker: Sendable {
  let file: Int32

  init() throws(ProbingError) {
    file = muster_eventfd()
    guard file >= 0 else { throw ProbingError("no event file to be had: \(TransferAnswer.describe(errno))") }
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
  func rest() {
    var count: UInt64 = 0
    _ = unsafe read(file, &count, 8)
  }
}
