internal import MusterCatalog
internal import MusterHTTPServer
internal import MusterThreading

/// Answers that are ready to be sent again, by the request's target.
///
/// An answer stays until its topic changes, so a hit needs no look at the catalog. Memory is bounded by keeping two
/// generations: when the young one is full it becomes the old one, and what nobody asked for since then is gone.
final class ResponseCache: Sendable {
  private struct Entry {
    let target: [UInt8]
    let topic: Topic
    let response: HTTPResponse
    let bytes: Int
  }

  private struct Generation {
    var entries: [UInt64: Entry] = [:]
    var keys: [Topic: Set<UInt64>] = [:]
    var bytes = 0

    mutating func insert(_ entry: Entry, key: UInt64) {
      remove(key)
      entries[key] = entry
      keys[entry.topic, default: []].insert(key)
      bytes += entry.bytes
    }

    mutating func remove(_ key: UInt64) {
      guard let entry = entries.removeValue(forKey: key) else { return }
      keys[entry.topic]?.remove(key)
      bytes -= entry.bytes
    }

    mutating func remove(_ topic: Topic) {
      for key in keys.removeValue(forKey: topic) ?? [] {
        if let entry = entries.removeValue(forKey: key) { bytes -= entry.bytes }
      }
    }
  }

  private struct State {
    var young = Generation()
    var old = Generation()
  }

  private let state = Locked(State())
  private let generationBytes: Int
  /// What an entry takes besides its body: keys, headers, the library's own record.
  private static let overhead = 1_024

  init(bytes: Int) {
    generationBytes = bytes / 2
  }

  /// The answer for a target; nil when there is none, or it is out of date.
  func find(_ target: Span<UInt8>) -> HTTPResponse? {
    let key = Self.hash(target)
    return state.withLock { state in
      if let entry = state.young.entries[key] {
        return target.isEqual(to: entry.target) ? entry.response : nil
      }
      guard let entry = state.old.entries[key], target.isEqual(to: entry.target) else { return nil }
      state.old.remove(key)
      insert(entry, key: key, &state)
      return entry.response
    }
  }

  /// Keeps an answer, if `isCurrent` still holds.
  ///
  /// `isCurrent` is asked under the lock that `invalidate` takes too, and a change is published before it invalidates:
  /// an answer made just before a change is either refused here or removed there.
  func insert(_ response: HTTPResponse, for target: [UInt8], topic: Topic, bytes: Int, isCurrent: () -> Bool) {
    guard bytes + Self.overhead <= generationBytes else { return }
    let entry = Entry(target: target, topic: topic, response: response, bytes: bytes + Self.overhead + 2 * target.count)
    let key = Self.hash(target.span)
    state.withLock { state in
      if isCurrent() { insert(entry, key: key, &state) }
    }
  }

  /// Forgets what depends on these topics.
  func invalidate(_ topics: Set<Topic>) {
    state.withLock { state in
      for topic in topics {
        state.young.remove(topic)
        state.old.remove(topic)
      }
    }
  }

  /// The number of answers kept, and their size in bytes.
  var size: (entries: Int, bytes: Int) {
    state.withLock {
      ($0.young.entries.count + $0.old.entries.count, $0.young.bytes + $0.old.bytes)
    }
  }

  private func insert(_ entry: Entry, key: UInt64, _ state: inout State) {
    if state.young.bytes + entry.bytes > generationBytes {
      state.old = state.young
      state.young = Generation()
    }
    state.young.insert(entry, key: key)
  }

  /// FNV-1a: targets are short, and a clash only costs a cached answer since the whole target is compared too.
  private static func hash(_ target: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in target.indices { hash = (hash ^ UInt64(target[index])) &* 0x100_0000_01b3 }
    return hash
  }
}

extension Span<UInt8> {
  fileprivate func isEqual(to bytes: [UInt8]) -> Bool {
    guard count == bytes.count else { return false }
    for index in indices where self[index] != bytes[index] { return false }
    return true
  }
}
