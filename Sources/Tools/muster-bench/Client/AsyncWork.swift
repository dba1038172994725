internal import MusterLoad
internal import MusterThreading

/// Runs asynchronous code for a program that is not.
enum AsyncWork {
  /// Waits for what `body` returns.
  static func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws(LoadError) -> Value {
    let done = Monitor<Result<Value, any Error>?>(nil)
    // There is no task that it could be a child of.
    Task.detached {
      let result: Result<Value, any Error>
      do { result = .success(try await body()) } catch { result = .failure(error) }
      done.withLock { $0 = result }
      done.signal()
    }
    guard let result = done.wait(until: nil, { $0 }) else { throw LoadError(.timeout, "the work did not end") }
    do {
      return try result.get()
    } catch {
      throw LoadError(.system, "\(error)")
    }
  }
}
