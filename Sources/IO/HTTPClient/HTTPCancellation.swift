internal import Synchronization

/// Ends a request from another thread or from a signal handler.
///
/// Cancelling is final: every request that is given a cancelled one ends at once.
public final class HTTPCancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Makes one that is not cancelled.
  public init() {}

  /// True once ``cancel()`` was called.
  public var isCancelled: Bool { flag.load(ordering: .acquiring) }

  /// Ends the requests it was given to, within 100 ms.
  ///
  /// It takes no lock and allocates nothing, so a signal handler may call it.
  public func cancel() { flag.store(true, ordering: .releasing) }
}
