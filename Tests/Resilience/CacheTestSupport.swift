import MusterResilience
import MusterThreading

/// A time that stands still until it is moved.
final class HandClock: Sendable {
  let start = ContinuousClock.now
  private let passed = Locked(Duration.zero)

  var now: ContinuousClock.Instant { start + passed.withLock { $0 } }

  func advance(by duration: Duration) { passed.withLock { $0 += duration } }
}

/// Events in the order in which they came.
final class EventLog: Sendable {
  private let log = Locked<[ResilienceEvent]>([])

  var events: [ResilienceEvent] { log.withLock { $0 } }

  func add(_ event: ResilienceEvent) { log.withLock { $0.append(event) } }
}

/// A fetch that waits until it is told how to end.
final class Gate: Sendable {
  private let answers: AsyncThrowingStream<[UInt8], any Error>
  private let continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation
  private let started = Locked(0)

  init() {
    (answers, continuation) = AsyncThrowingStream.makeStream()
  }

  var fetches: Int { started.withLock { $0 } }

  func fetch() async throws -> [UInt8] {
    started.withLock { $0 += 1 }
    for try await answer in answers { return answer }
    throw CancellationError()
  }

  func open(_ bytes: [UInt8]) { continuation.yield(bytes) }

  func fail(_ error: any Error) { continuation.finish(throwing: error) }
}

/// Lets other tasks run until something holds.
func until(_ condition: () -> Bool) async {
  while !condition() { await Task.yield() }
}

struct Down: Error, CustomStringConvertible {
  var description: String { "it is down" }
}

/// A store that always fails.
struct BrokenStore: CacheStore {
  func load(_ key: String, at now: ContinuousClock.Instant) async throws -> CachedValue? { throw Down() }
  func save(_ bytes: [UInt8], for key: String, lifetime: Duration, at now: ContinuousClock.Instant) async throws {
    throw Down()
  }
  func remove(_ key: String) async throws { throw Down() }
}
