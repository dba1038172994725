public import MusterCatalog
internal import Synchronization

extension Registry {
  /// A parked watcher, to be let go with `cancel`.
  public struct Watch: Sendable {
    let token: UInt64
  }

  /// Calls `wake` once: when `topic` is past `index`, or after `timeout`, or when the registry stops.
  ///
  /// A change that came before this call counts too. `wake` may be called before this returns, and else on the writer's
  /// thread. Nothing but a change of the topic wakes it early.
  public func watch(
    _ topic: Topic, after index: UInt64, timeout: Duration, wake: @escaping @Sendable (WatchEnd) -> Void
  ) -> Watch {
    let deadline = clock.now + timeout
    let (token, isEarliest, missed) = watches.withLock { table in
      let token = table.add(topic, after: index, until: deadline, wake: wake)
      // The table is consulted after a change is published: looking at what is published while holding it leaves no gap.
      let hasPassed = catalog.revision(of: topic) > index
      return (token, table.nextDeadline() == deadline, hasPassed)
    }
    if missed {
      if watches.withLock({ $0.remove(token) }) { wake(.changed) }
    } else if isEarliest {
      reschedule()
    }
    return Watch(token: token)
  }

  /// Lets a watcher go without waking it.
  public func cancel(_ watch: Watch) {
    _ = watches.withLock { $0.remove(watch.token) }
  }

  /// The number of watchers that are parked.
  public var watcherCount: Int { watches.withLock { $0.count } }
}
