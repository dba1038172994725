/// The snapshots of a service, one after the other.
///
/// It holds one that has not been read: a newer one takes its place, so a slow reader costs nothing and never sees an old
/// list after a new one. It is for one reader. It ends when the reader's task is cancelled, when the reader lets go of it,
/// or when its provider is closed; it never throws.
public struct SnapshotSequence: AsyncSequence, Sendable {
  /// A list and whether it can be relied on.
  public typealias Element = Snapshot
  /// It never fails: what goes wrong is said in the snapshot.
  public typealias Failure = Never

  private let stream: AsyncStream<Snapshot>

  /// Where a provider puts snapshots.
  public struct Publisher: Sendable {
    private let continuation: AsyncStream<Snapshot>.Continuation

    fileprivate init(_ continuation: AsyncStream<Snapshot>.Continuation) {
      self.continuation = continuation
    }

    /// Puts a snapshot in the place of one that has not been read; false once there is no reader.
    @discardableResult
    public func publish(_ snapshot: Snapshot) -> Bool {
      if case .terminated = continuation.yield(snapshot) { return false }
      return true
    }

    /// Ends the sequence after what has been published.
    public func finish() { continuation.finish() }

    /// Called once when the sequence has ended, for whatever reason.
    public func onEnd(_ action: @escaping @Sendable () -> Void) {
      continuation.onTermination = { _ in action() }
    }
  }

  /// A sequence and the place to put its snapshots.
  public static func make() -> (snapshots: SnapshotSequence, publisher: Publisher) {
    let (stream, continuation) = AsyncStream.makeStream(of: Snapshot.self, bufferingPolicy: .bufferingNewest(1))
    return (SnapshotSequence(stream: stream), Publisher(continuation))
  }

  private init(stream: AsyncStream<Snapshot>) {
    self.stream = stream
  }

  /// Reads the snapshots.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate var base: AsyncStream<Snapshot>.Iterator

    /// The next snapshot; nil at the end.
    public mutating func next() async -> Snapshot? { await base.next(isolation: #isolation) }

    /// The next snapshot; nil at the end.
    public mutating func next(isolation actor: isolated (any Actor)?) async -> Snapshot? {
      await base.next(isolation: actor)
    }
  }

  /// The one reader.
  public func makeAsyncIterator() -> Iterator { Iterator(base: stream.makeAsyncIterator()) }
}
