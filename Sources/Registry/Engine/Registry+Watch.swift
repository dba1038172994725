public import MusterCatalog
internal import MusterThreading

extension Registry {
  /// A parked watcher, to be let go with `cancel`.
  public struct Watch: Sendable {
    /// Nil when it was never parked.
    let token: WatchTable.Token?
  }

  /// Calls `wake` once: when `topic` is past `index`, or after `timeout`, or when the registry stops.
  ///
  /// A change that came before this call counts too. `wake` may be called before this returns, and else on the writer's
  /// thread. Nothing but a change of the topic wakes it early.
  public func watch(
    _ topic: Topic, after index: UInt64, timeout: Duration, wake: @escaping @Sendable (WatchEnd) -> Void
  ) -> Watch {
    let deadline = clock.now + timeout
    let (token, isEarliest, end) = watches.withLock { table -> (WatchTable.Token?, Bool, WatchEnd?) in
      guard !table.isClosed else { return (nil, false, .stopping) }
      // The table is consulted after a change is published: looking at what is published while holding it leaves no gap.
      guard catalog.revision(of: topic) <= index else { return (nil, false, .changed) }
      let token = table.add(topic, after: index, until: deadline, wake: wake)
      return (token, table.nextDeadline() == deadline, nil)
    }
    if let end {
      wake(end)
    } else if isEarliest {
      reschedule()
    }
    return Watch(token: token)
  }

  /// Lets a watcher go without waking it.
  public func cancel(_ watch: Watch) {
    guard let token = watch.token else { return }
    _ = watches.withLock { $0.remove(token) }
  }

  /// The number of watchers that are parked.
  public var watcherCount: Int { watches.withLock { $0.count } }
}
