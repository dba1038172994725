internal import MusterThreading

/// Carries out what waits, one after another over a connection of its own, on a thread of its own.
final class RedisWorker {
  /// A call.
  struct Job: Sendable {
    let commands: [RedisCommand]
    let deadline: ContinuousClock.Instant
    /// To be called once.
    let finish: @Sendable (Result<[RedisReply], RedisError>) -> Void
  }

  private let options: RedisOptions
  private let gate: Locked<RedisGate>
  private var connection: RedisConnection?

  init(_ options: RedisOptions, gate: Locked<RedisGate>) {
    self.options = options
    self.gate = gate
  }

  /// Works until the mailbox is closed and empty.
  func work(off jobs: Mailbox<Job>) {
    while let job = jobs.takeAll(upTo: 1, until: nil).first { job.finish(answer(job)) }
  }

  private func answer(_ job: Job) -> Result<[RedisReply], RedisError> {
    guard ContinuousClock.now < job.deadline else {
      return .failure(RedisError(.timedOut, "other commands to Redis at \(options.address) took all the time"))
    }
    if let refusal = gate.withLock({ $0.enter(at: .now) }) { return .failure(refusal) }
    do throws(RedisError) {
      let replies = try connected(until: job.deadline).run(job.commands, until: job.deadline)
      gate.withLock { $0.succeeded() }
      return .success(replies)
    } catch {
      connection = nil
      gate.withLock { $0.failed(error, at: .now) }
      return .failure(error)
    }
  }

  private func connected(until deadline: ContinuousClock.Instant) throws(RedisError) -> RedisConnection {
    // Redis closes connections when it restarts and, if told to, those that are idle.
    if let connection, connection.isQuiet { return connection }
    connection = nil
    let opened = try RedisConnection.open(options, until: deadline)
    connection = opened
    return opened
  }
}
