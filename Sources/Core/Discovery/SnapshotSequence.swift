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

  private enum Origin: Sendable {
    case published(AsyncStream<Snapshot>)
    case made(any SnapshotSource)
  }

  private let origin: Origin

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
    return (SnapshotSequence(origin: .published(stream)), Publisher(continuation))
  }

  /// A sequence whose snapshots are made when its reader asks for them.
  public init(_ source: some SnapshotSource) {
    origin = .made(source)
  }

  private init(origin: Origin) {
    self.origin = origin
  }

  /// Reads the snapshots.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate enum Base {
      case published(AsyncStream<Snapshot>.Iterator)
      case made(any SnapshotSource)
      case ended
    }

    fileprivate var base: Base

    /// The next snapshot; nil at the end.
    public mutating func next() async -> Snapshot? { await next(isolation: #isolation) }

    /// The next snapshot; nil at the end.
    public mutating func next(isolation actor: isolated (any Actor)?) async -> Snapshot? {
      switch base {
      case .published(var stream):
        let snapshot = await stream.next(isolation: actor)
        base = snapshot == nil ? .ended : .published(stream)
        return snapshot
      case .made(var source):
        let snapshot = Task.isCancelled ? nil : await source.next()
        base = snapshot == nil ? .ended : .made(source)
        return snapshot
      case .ended: return nil
      }
    }
  }

  /// The one reader.
  public func makeAsyncIterator() -> Iterator {
    switch origin {
    case .published(let stream): Iterator(base: .published(stream.makeAsyncIterator()))
    case .made(let source): Iterator(base: .made(source))
    }
  }
}
