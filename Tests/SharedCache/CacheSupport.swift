import MusterSharedCache
import MusterThreading
import Testing

/// Events in the order in which they came.
final class EventLog: Sendable {
  private let log = Locked<[ResilienceEvent]>([])

  var events: [ResilienceEvent] { log.withLock { $0 } }

  func add(_ event: ResilienceEvent) { log.withLock { $0.append(event) } }
}

/// What does not come true.
struct NotInTime: Error, CustomStringConvertible {
  let description: String
}

/// Lets other tasks run until something holds; gives up only on what hangs.
func until(_ what: String, _ condition: () async throws -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(300)
  while try await !condition() {
    guard ContinuousClock.now < deadline else { throw NotInTime(description: "not within 5 min: \(what)") }
    try await Task.sleep(for: .milliseconds(1))
  }
}

/// The error that a call ends with; nil if it ends with none, or another kind of error.
func failure(of call: () async throws -> some Any) async -> RedisError? {
  do {
    _ = try await call()
    return nil
  } catch {
    return error as? RedisError
  }
}

/// Its code.
func code(of call: () async throws -> some Any) async -> RedisError.Code? { await failure(of: call)?.code }

extension RedisCacheSettings {
  /// Settings for a server of this machine, patient enough for a busy one.
  static func local(_ port: UInt16, _ change: (inout RedisCacheSettings) -> Void = { _ in }) -> RedisCacheSettings {
    var settings = RedisCacheSettings(
      address: .tcp(host: "127.0.0.1", port: Int(port)), connectTimeout: .seconds(10), commandTimeout: .seconds(10),
      shortestPause: .milliseconds(5), longestPause: .milliseconds(20))
    change(&settings)
    return settings
  }

  /// Settings of a URL, likewise patient.
  static func patient(url: String) throws -> RedisCacheSettings {
    var settings = try RedisCacheSettings(url: url)
    settings.connectTimeout = .seconds(10)
    settings.commandTimeout = .seconds(10)
    return settings
  }
}
