public import MusterEventPoll
internal import MusterTiming

/// Runs probes on the thread that calls it; each ends within its timeout, whatever its target does.
///
/// It is not safe to be used by several threads. Only the waker is.
public final class ProbeLoop {
  /// A probe that has ended.
  public struct Finished: Sendable {
    /// The number it was started with.
    public let id: UInt64
    /// What became of it.
    public let result: ProbeResult
  }

  /// Ends `wait` early, from any thread.
  public var waker: PollWaker { poll.waker }

  private let poll: EventPoll
  private let transfers: TransferSet
  private let children: ChildSet
  private let calls: ThriftProber
  private let settings: ProbeSettings
  private var immediate: [Finished] = []

  /// A loop without probes.
  ///
  /// - Throws: `ProbingError` when the system has no files or memory for it.
  public init(settings: ProbeSettings = ProbeSettings()) throws(ProbingError) {
    do throws(EventPollError) {
      poll = try EventPoll()
    } catch {
      throw ProbingError(error.message)
    }
    transfers = try TransferSet(poll, settings: settings)
    children = ChildSet(poll)
    calls = ThriftProber(poll.waker, settings: settings)
    self.settings = settings
  }

  /// How many probes are under way.
  public var count: Int { transfers.count + children.count + calls.count + immediate.count }

  /// Starts a probe.
  ///
  /// - Parameters:
  ///   - probe: what is looked at.
  ///   - id: names it in what `wait` gives; no other probe that is under way may have the same, and it must be less
  ///     than 2⁶¹.
  ///   - timeout: how long it may take in all, at least a millisecond and at most a day.
  public func start(_ probe: Probe, id: UInt64, timeout: Duration) {
    let result: ProbeResult? =
      switch probe {
      case .http(let probe): transfers.start(probe, id: id, timeout: timeout)
      case .tcp(let probe): transfers.start(probe, id: id, timeout: timeout)
      case .thrift(let probe): calls.start(probe, id: id, timeout: timeout)
      case .grpc(let probe): transfers.start(probe, id: id, timeout: timeout)
      case .exec(let probe) where settings.allowsCommands:
        children.start(probe, id: id, timeout: timeout, now: .now)
      case .exec(let probe):
        .reading(probe.failure("checks that run commands are off (--enable-exec-checks)"))
      }
    if let result { immediate.append(Finished(id: id, result: result)) }
  }

  /// Ends a probe without a result; nothing happens if it is not under way.
  public func cancel(_ id: UInt64) {
    transfers.cancel(id)
    children.cancel(id)
    calls.cancel(id)
    immediate.removeAll { $0.id == id }
  }

  /// Goes on with the probes until some have ended, or the waker is used, or `deadline` has come.
  public func wait(until deadline: ContinuousClock.Instant) -> [Finished] {
    var isOver = false
    while true {
      let now = ContinuousClock.now
      transfers.proceed(at: now)
      children.proceed(at: now)
      let finished = takeFinished()
      // Looked at before every wait: a transfer may end without anything having become ready.
      if !finished.isEmpty || isOver { return finished }
      let moments = [deadline, transfers.deadline, children.deadline].compactMap { $0 }
      let (ready, isWoken) = poll.wait(until: moments.min() ?? deadline)
      for event in ready { proceed(event) }
      isOver = isWoken || ContinuousClock.now >= deadline
    }
  }

  private func proceed(_ ready: EventPoll.Ready) {
    if ready.token & ChildSet.tokenBit != 0 {
      children.proceed(ready)
    } else {
      transfers.proceed(ready)
    }
  }

  private func takeFinished() -> [Finished] {
    defer { immediate = [] }
    return immediate
      + (transfers.takeFinished() + children.takeFinished() + calls.takeFinished()).map {
        Finished(id: $0.id, result: $0.result)
      }
  }
}
