internal import MusterThreading

/// How many connections each client has.
final class ClientCounts: Sendable {
  private let most: Int
  private let counts = Locked<[ClientAddress: Int]>([:])

  /// Counts up to `most` for each client; 0 for any number.
  init(most: Int) {
    self.most = most
  }

  /// Counts one more; false, and nothing is counted, if the client has as many as it may.
  func enter(_ client: ClientAddress) -> Bool {
    guard most > 0 else { return true }
    return counts.withLock { counts in
      let count = counts[client, default: 0]
      guard count < most else { return false }
      counts[client] = count + 1
      return true
    }
  }

  /// One that was counted is closed.
  func leave(_ client: ClientAddress) {
    guard most > 0 else { return }
    counts.withLock { counts in
      let left = counts[client, default: 0] - 1
      counts[client] = left > 0 ? left : nil
    }
  }
}
