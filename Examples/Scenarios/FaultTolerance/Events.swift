internal import Muster
internal import MusterThreading

/// What was decided about calls and instances.
final class Events: Sendable {
  private let list = Locked<[ResilienceEvent]>([])

  @Sendable func add(_ event: ResilienceEvent) { list.withLock { $0.append(event) } }

  var all: [ResilienceEvent] { list.withLock { $0 } }

  var retries: Int { all.count { if case .retried = $0 { true } else { false } } }

  /// The instances whose breakers opened.
  var opened: Set<String> {
    Set(all.compactMap { if case .breakerOpened(let instance, _, _) = $0 { instance } else { nil } })
  }
}
