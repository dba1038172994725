internal import MusterThreading

/// Runs a test's task on a thread of its own, so that it may wait for sockets without keeping others from running.
public final class OwnThread: TaskExecutor {
  private let jobs = Mailbox<UnownedJob>(capacity: 1 << 20)

  private init() {}

  /// Runs `body` on a new thread.
  public static func run<Value>(_ body: () async throws -> Value) async throws -> Value {
    let executor = OwnThread()
    let thread = try WorkerThread(name: "test") {
      while let job = executor.jobs.takeAll(upTo: 1, until: nil).first {
        unsafe job.runSynchronously(on: executor.asUnownedTaskExecutor())
      }
    }
    defer {
      executor.jobs.close()
      thread.join()
    }
    return try await withTaskExecutorPreference(executor) { try await body() }
  }

  /// Takes a job.
  public func enqueue(_ job: consuming ExecutorJob) { jobs.push(UnownedJob(job)) }
}
