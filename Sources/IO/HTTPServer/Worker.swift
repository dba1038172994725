internal import Glibc
internal import MusterEventPoll
internal import MusterThreading
internal import Synchronization

/// What one thread of a server does, and what other threads want of it.
///
/// The library has threads of its own, but they can wait in vain: they take 128 events at a time, and after a full batch wait for
/// another event before they look at any (`MHD_epoll` of 0.9.75). Requests that come at one moment would stay unanswered
/// until something else happens. So the thread waits here, and the library only takes what is there.
final class Worker: Sendable {
  let core: ServerCore
  private let waker: PollWaker
  private let resumable = Locked<[ConnectionHandle]>([])
  private let isStopping = Atomic<Bool>(false)
  private let hasWorked = Atomic<Bool>(false)

  /// A worker that has no thread yet.
  init(_ core: ServerCore) throws(HTTPServerError) {
    self.core = core
    do throws(EventPollError) {
      waker = try PollWaker()
    } catch {
      throw HTTPServerError(.system, error.message)
    }
  }

  /// Has a suspended connection go on.
  ///
  /// The library would take this from any thread, but a daemon that waits outside could miss it.
  func resume(_ connection: ConnectionHandle) {
    let isFirst = resumable.withLock { resumable in
      resumable.append(connection)
      return resumable.count == 1
    }
    if isFirst { waker.wake() }
  }

  /// Serves until `stop()`.
  func run(_ daemon: Daemon) {
    var files = [daemon.events, waker.file].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var stragglers = Stragglers()
    var pace = Pace()
    while !isStopping.load(ordering: .acquiring) {
      // As long as there is work there is more, so looking for it first would be one system call too many.
      if hasWorked.exchange(false, ordering: .relaxed) {
        pace.worked()
      } else {
        let patience = daemon.patience
        // Interrupted or refused, there may be something to do all the same.
        let ready = unsafe poll(&files, nfds_t(files.count), pace.wait(patience))
        if files[1].revents != 0 { waker.rest() }
        pace.waited(patience, ready: ready)
        if pace.mustPause { usleep(Pace.pause) }
        if pace.isStuck { cutOff(&stragglers) } else { stragglers = Stragglers() }
      }
      resumeAll()
      daemon.run()
    }
    // Whoever was answered last is still suspended, which the library does not allow at its end.
    resumeAll()
  }

  /// The daemon has called back, and should run once more before anything is waited for: clients send the next request, and a daemon that
  /// was full has room again.
  func worked() { hasWorked.store(true, ordering: .relaxed) }

  /// Ends `run`.
  func stop() {
    isStopping.store(true, ordering: .releasing)
    waker.wake()
  }

  private func cutOff(_ stragglers: inout Stragglers) {
    let now = ContinuousClock.now
    guard stragglers.isDue(at: now) else { return }
    for tether in stragglers.overdue(among: core.tethers.all(of: self), at: now) {
      core.log.write(
        "a request's body could not be read on within \(core.limits.maxHeaderBytes) bytes: its connection is closed")
      tether.connection.cutOff()
    }
  }

  private func resumeAll() {
    let connections = resumable.withLock { resumable in
      resumable.isEmpty ? [] : exchange(&resumable, with: [])
    }
    for connection in connections { connection.resume() }
  }
}
