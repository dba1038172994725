internal import MusterThreading

extension ResponseCache {
  /// An answer that is to be fetched behind the caller's back.
  struct Job: Sendable {
    let key: String
    let origin: Origin
  }

  /// Whether answers are fetched behind callers' backs.
  enum Revalidation: Sendable {
    case off
    /// The keys are those that wait or are being fetched.
    case on(AsyncStream<Job>.Continuation, keys: Set<String>)
  }

  /// Fetches answers behind callers' backs until its task is cancelled. While it does not run, callers fetch them
  /// themselves. If it runs already, it returns at once.
  public func run() async {
    // No more than the keys that may wait are ever in the stream.
    let (jobs, continuation) = AsyncStream.makeStream(
      of: Job.self, bufferingPolicy: .bufferingOldest(settings.maximumRevalidations))
    let isFirst = revalidation.withLock { state in
      guard case .off = state else { return false }
      state = .on(continuation, keys: [])
      return true
    }
    guard isFirst else { return }
    await withDiscardingTaskGroup { group in
      for await job in jobs {
        group.addTask { await self.revalidate(job) }
      }
    }
    revalidation.withLock { $0 = .off }
  }

  /// Whether ``run()`` runs.
  package var isRevalidating: Bool {
    revalidation.withLock { if case .on = $0 { true } else { false } }
  }

  /// Has an answer fetched again unless that is under way.
  ///
  /// - Returns: false if it will not be fetched.
  func revalidate(_ key: String, _ origin: Origin) -> Bool {
    revalidation.withLock { state in
      guard case .on(let jobs, var keys) = state else { return false }
      guard !keys.contains(key) else { return true }
      guard keys.count < settings.maximumRevalidations else { return false }
      guard case .enqueued = jobs.yield(Job(key: key, origin: origin)) else { return false }
      keys.insert(key)
      state = .on(jobs, keys: keys)
      return true
    }
  }

  private func revalidate(_ job: Job) async {
    do {
      _ = try await fetchOnce(job.key, job.origin)
    } catch {
      observe(.revalidationFailed(key: job.key, because: "\(error)"))
    }
    revalidation.withLock { state in
      guard case .on(let jobs, var keys) = state else { return }
      keys.remove(job.key)
      state = .on(jobs, keys: keys)
    }
  }
}
