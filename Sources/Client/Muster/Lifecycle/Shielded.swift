/// Runs something to its end although the task is cancelled: cleaning up must reach the registry then too.
///
/// A task group can't do that, as its children are cancelled with it. This is the one place of this library with a task of its
/// own; it is always waited for, so nothing outlives the scope that cleans up.
func shielded<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value {
  await Task.detached { await body() }.value
}
