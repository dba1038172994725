internal import Glibc
internal import MusterEventPoll

/// The commands that are running.
final class ChildSet {
  private final class Running {
    let id: UInt64
    let child: ChildProcess
    let probe: ExecProbe
    let timeout: Duration
    let deadline: ContinuousClock.Instant
    var output: [UInt8] = []
    var printed = 0
    var isOutputOver = false

    init(
      id: UInt64, child: ChildProcess, probe: ExecProbe, timeout: Duration, deadline: ContinuousClock.Instant
    ) {
      (self.id, self.child, self.probe) = (id, child, probe)
      (self.timeout, self.deadline) = (timeout, deadline)
    }
  }

  /// A command that prints more than this is killed; what is beyond the first 4 KB is thrown away before.
  static let floodLimit = 1 << 20

  private let poll: EventPoll
  private var running: [UInt64: Running] = [:]
  private var finished: [(id: UInt64, result: ProbeResult)] = []
  private var chunk = [UInt8](repeating: 0, count: 16_384)

  init(_ poll: EventPoll) {
    self.poll = poll
  }

  var count: Int { running.count }

  /// When the next one has run for as long as it may.
  var deadline: ContinuousClock.Instant? { running.values.lazy.map(\.deadline).min() }

  /// Tokens of children have this bit set; then the probe's number, then which of the two files it is.
  static let tokenBit = UInt64(1) << 62

  /// Starts a command; returns its result where that is known at once.
  func start(_ probe: ExecProbe, id: UInt64, timeout: Duration, now: ContinuousClock.Instant) -> ProbeResult? {
    do throws(ProbeSetupError) {
      let child = try ChildProcess(probe.arguments)
      running[id] = Running(id: id, child: child, probe: probe, timeout: timeout, deadline: now + timeout)
      poll.watch(child.output, readable: true, writable: false, token: Self.tokenBit | id << 1)
      poll.watch(child.end, readable: true, writable: false, token: Self.tokenBit | id << 1 | 1)
      return nil
    } catch {
      return .reading(probe.failure(error.message))
    }
  }

  /// Kills a command without a result; nothing happens if it is not running.
  func cancel(_ id: UInt64) { remove(id) }

  /// Takes what a command printed, or that it has ended.
  func proceed(_ ready: EventPoll.Ready) {
    guard let running = running[(ready.token & ~Self.tokenBit) >> 1] else { return }
    read(running)
    if running.printed > Self.floodLimit { return finish(running, .flood(Self.floodLimit)) }
    guard ready.token & 1 == 1, let end = running.child.wait() else { return }
    finish(running, end)
  }

  /// Kills those that have run for too long.
  func proceed(at now: ContinuousClock.Instant) {
    for running in running.values.filter({ $0.deadline <= now }) {
      read(running)
      finish(running, .timeout(running.timeout))
    }
  }

  /// Takes out the commands that have finished.
  func takeFinished() -> [(id: UInt64, result: ProbeResult)] {
    defer { finished = [] }
    return finished
  }

  private func finish(_ running: Running, _ end: ExecProbe.End) {
    remove(running.id)
    finished.append((running.id, .reading(running.probe.reading(of: end, output: running.output))))
  }

  private func remove(_ id: UInt64) {
    guard let running = running.removeValue(forKey: id) else { return }
    poll.forget(running.child.output)
    poll.forget(running.child.end)
  }

  /// Takes what is there, a chunk at a time so that one command does not hold up the rest.
  private func read(_ running: Running) {
    guard !running.isOutputOver else { return }
    let count = unsafe Glibc.read(running.child.output, &chunk, chunk.count)
    guard count > 0 else {
      if count == 0 {
        running.isOutputOver = true
        poll.forget(running.child.output)
      }
      return
    }
    running.printed += count
    running.output += chunk[..<min(count, max(0, ProbeReading.outputLimit - running.output.count))]
  }
}
