/// Asynchronous work beside a command that waits for signals.
struct BackgroundWork: Sendable {
  private let task: Task<Void, Never>

  /// Begins.
  init(_ body: @escaping @Sendable () async -> Void) {
    // There is no task that it could be a child of.
    task = Task.detached { await body() }
  }

  /// Tells it to end.
  func end() { task.cancel() }
}
