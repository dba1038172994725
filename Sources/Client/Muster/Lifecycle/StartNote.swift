internal import Synchronization

/// Whether something has begun.
final class StartNote: Sendable {
  private let flag = Atomic<Bool>(false)

  func note() { flag.store(true, ordering: .releasing) }

  var isNoted: Bool { flag.load(ordering: .acquiring) }
}
