internal import MusterThreading
internal import Synchronization

/// Prepared answers that all threads share: a service's are made once per change of it.
///
/// Memory is bounded by keeping two generations: when the young one is full it becomes the old one, and what nobody
/// asked for since then is gone.
final class AnswerCache: Sendable {
  struct Key: Hashable {
    let name: [UInt8]
    let type: UInt16
  }

  private struct Generation {
    var answers: [Key: PreparedAnswer] = [:]
    var keys: [PreparedAnswer.Dependency: Set<Key>] = [:]
    var bytes = 0

    mutating func insert(_ answer: PreparedAnswer, _ key: Key) {
      if let old = answers.updateValue(answer, forKey: key) { bytes -= old.size }
      keys[answer.dependency, default: []].insert(key)
      bytes += answer.size
    }

    mutating func remove(_ dependency: PreparedAnswer.Dependency) {
      for key in keys.removeValue(forKey: dependency) ?? [] {
        if let answer = answers.removeValue(forKey: key) { bytes -= answer.size }
      }
    }
  }

  private struct State {
    var young = Generation()
    var old = Generation()
  }

  private let state = Locked(State())
  private let generationBytes: Int
  private let changes = Atomic<UInt64>(0)

  init(bytes: Int) {
    generationBytes = max(0, bytes) / 2
  }

  /// Grows with every change: an answer is good as long as this is what it was before the answer was looked for.
  @inline(__always)
  var epoch: UInt64 { changes.load(ordering: .acquiring) }

  func find(_ key: Key) -> PreparedAnswer? {
    state.withLock { state in
      if let answer = state.young.answers[key] { return answer }
      guard let answer = state.old.answers[key] else { return nil }
      insert(answer, key, &state)
      return answer
    }
  }

  /// Keeps an answer, if `isCurrent` still holds.
  ///
  /// `isCurrent` is asked under the lock that `invalidate` takes too, and a change is published before it invalidates:
  /// an answer made just before a change is either refused here or removed there.
  func insert(_ answer: PreparedAnswer, _ key: Key, isCurrent: () -> Bool) {
    guard answer.dependency != .everything, answer.size <= generationBytes else { return }
    state.withLock { state in
      if isCurrent() { insert(answer, key, &state) }
    }
  }

  /// Forgets what depends on these.
  func invalidate(_ dependencies: some Sequence<PreparedAnswer.Dependency>) {
    state.withLock { state in
      for dependency in dependencies {
        state.young.remove(dependency)
        state.old.remove(dependency)
      }
      changes.add(1, ordering: .releasing)
    }
  }

  private func insert(_ answer: PreparedAnswer, _ key: Key, _ state: inout State) {
    if state.young.bytes + answer.size > generationBytes {
      state.old = state.young
      state.young = Generation()
    }
    state.young.insert(answer, key)
  }
}
