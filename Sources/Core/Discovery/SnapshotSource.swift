/// Makes the snapshots of a watch, one when it is asked for one.
///
/// It runs in the reader's task: nothing happens while the reader is busy, cancelling the reader cancels the request that
/// is under way, and letting go of the sequence leaves nothing behind. So a provider that asks needs no task of its own.
public protocol SnapshotSource: Sendable {
  /// The next snapshot, which takes as long as it takes; nil at the end, and when the task is cancelled.
  mutating func next() async -> Snapshot?
}
