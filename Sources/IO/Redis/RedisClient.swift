internal import MusterThreading

/// Asks Redis on behalf of any number of tasks, on a few threads of its own; no task's thread ever waits.
///
/// Whatever happens, a call ends within the command timeout; only the system's resolver of names, which has timeouts of its
/// own, can make it longer. It fails at once while too many wait, and for a while after the server failed.
package final class RedisClient: Sendable {
  private let options: RedisOptions
  private let jobs: Mailbox<RedisWorker.Job>
  private let gate: Locked<RedisGate>
  private let threads: [WorkerThread]

  /// Starts the threads; they connect with the first calls.
  ///
  /// - Throws: ``RedisError/Code/unavailable`` when a thread can't be had.
  package init(_ options: RedisOptions) throws(RedisError) {
    let jobs = Mailbox<RedisWorker.Job>(capacity: options.maximumWaiting)
    let gate = Locked(RedisGate(pauses: options.pauses))
    var threads: [WorkerThread] = []
    do {
      for _ in 0..<options.connections {
        threads.append(
          try WorkerThread(name: "redis") { RedisWorker(options, gate: gate).work(off: jobs) })
      }
    } catch {
      jobs.close()
      throw RedisError(.unavailable, error.message)
    }
    self.options = options
    self.jobs = jobs
    self.gate = gate
    self.threads = threads
  }

  deinit {
    jobs.close()
    for thread in threads { thread.join() }
  }

  /// Sends commands in one go and waits for all replies, in their order.
  ///
  /// - Returns: as many replies as there are commands. Errors of Redis are among them.
  /// - Throws: ``RedisError`` when there are no replies.
  package func run(_ commands: [RedisCommand]) async throws(RedisError) -> [RedisReply] {
    if let refusal = gate.withLock({ $0.refusal(at: .now) }) { throw refusal }
    let deadline = ContinuousClock.now + options.commandTimeout
    let result = await withCheckedContinuation { (continuation: CheckedContinuation<Outcome, Never>) in
      let job = RedisWorker.Job(commands: commands, deadline: deadline) { continuation.resume(returning: $0) }
      if !jobs.push(job) {
        let reason = "\(options.maximumWaiting) calls to Redis at \(options.address) wait already"
        continuation.resume(returning: .failure(RedisError(.overloaded, reason)))
      }
    }
    return try result.get()
  }

  private typealias Outcome = Result<[RedisReply], RedisError>
}
