internal import Synchronization

/// Numbers the lanes of a balancer in the order in which they are first used.
///
/// Which lane a thread gets depends on its address, which is another in each run. Its number does not, so that the choices of
/// one thread follow from the seed alone.
final class LaneNumbers: Sendable {
  private let count = Atomic<UInt64>(0)

  func next() -> UInt64 { count.wrappingAdd(1, ordering: .relaxed).oldValue }
}
