import MusterThreading

/// Doors that a test opens, before or after somebody waits at one.
final class Gates: Sendable {
  private struct State: Sendable {
    var waiting: [String: CheckedContinuation<Void, Never>] = [:]
    var opened: Set<String> = []
  }

  private let state = Locked(State())

  func pass(_ name: String) async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if state.opened.remove(name) != nil { return true }
        state.waiting[name] = continuation
        return false
      }
      if isOpen { continuation.resume() }
    }
  }

  func open(_ name: String) {
    let waiting = state.withLock { state in
      let waiting = state.waiting.removeValue(forKey: name)
      if waiting == nil { state.opened.insert(name) }
      return waiting
    }
    waiting?.resume()
  }
}
