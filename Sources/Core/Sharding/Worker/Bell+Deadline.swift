internal import MusterDiscovery

extension Bell {
  /// Returns when it rings, at a time of the clock, and when the task is cancelled.
  func wait(until deadline: Duration?, _ clock: DiscoveryClock) async {
    guard let deadline else { return await wait() }
    await withTaskGroup { group in
      group.addTask { await self.wait() }
      // Cancelling is the only way in which it fails, and ends the wait just as well.
      group.addTask { try? await clock.sleep(until: deadline) }
      await group.next()
      group.cancelAll()
    }
  }
}
