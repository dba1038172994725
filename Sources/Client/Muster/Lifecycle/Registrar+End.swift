internal import MusterDiscovery

extension Registrar {
  /// Keeps the instance registered from when it is ready until the bell rings or the task is cancelled, and deregisters it
  /// then.
  ///
  /// - Returns: whether it may have been registered.
  func keep(when isReady: (@Sendable () async -> Bool)?, until end: Bell) async throws -> Bool {
    let wasReady = try await withThrowingTaskGroup(of: Bool?.self) { group in
      let started = StartNote()
      group.addTask {
        try await self.waitUntilReady(isReady)
        started.note()
        try await self.run()
        return nil
      }
      group.addTask {
        await end.wait()
        return nil
      }
      defer { group.cancelAll() }
      do {
        _ = try await group.next()
      } catch is CancellationError {
        return started.isNoted
      }
      // A request that is under way must be over before the instance is deregistered.
      group.cancelAll()
      while let _ = await group.nextResult() {}
      return started.isNoted
    }
    if wasReady { await shielded { await self.deregisterAtEnd() } }
    return wasReady
  }

  private func waitUntilReady(_ isReady: (@Sendable () async -> Bool)?) async throws {
    guard let isReady else { return }
    while await !isReady() { try await clock.sleep(for: settings.readinessInterval) }
  }

  /// Tries to deregister it until it is done or the time is over.
  private func deregisterAtEnd() async {
    let event = await withTaskGroup(of: LifecycleEvent.self) { group in
      group.addTask {
        // Only cancelling ends the attempts without success, and that is when the other task has ended.
        await self.deregisterAgainAndAgain()
      }
      group.addTask {
        try? await self.clock.sleep(for: self.settings.deregisterTimeout)
        return .notDeregistered(reason: "the registry has not answered within \(self.settings.deregisterTimeout)")
      }
      defer { group.cancelAll() }
      return await group.next() ?? .deregistered
    }
    settings.onEvent(event)
  }

  private func deregisterAgainAndAgain() async -> LifecycleEvent {
    var pause = RetryPause()
    while true {
      do {
        try await deregisterSelf()
        return .deregistered
      } catch let error as DiscoveryError where error.code == .unavailable || error.code == .invalidResponse {
        do {
          try await clock.sleep(for: pause.next(chance: Double.random(in: 0...1)))
        } catch {
          return .notDeregistered(reason: "\(error)")
        }
      } catch {
        return .notDeregistered(reason: "\(error)")
      }
    }
  }
}
