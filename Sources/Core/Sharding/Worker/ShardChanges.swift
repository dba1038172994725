/// The changes of what a worker owns, one after the other, for one reader.
///
/// It holds one change that has not been read; later ones are joined to it, so nothing is missed and nothing piles up. It
/// ends when the worker does, after telling that everything is lost, and when the reader's task is cancelled.
public struct ShardChanges: AsyncSequence, Sendable {
  /// What was lost and gained.
  public typealias Element = ShardChange
  /// It never fails.
  public typealias Failure = Never

  /// Takes the reader off when nobody holds on to it.
  private final class Subscription: Sendable {
    let reader: ShardReader
    private let onEnd: @Sendable () -> Void

    init(_ reader: ShardReader, _ onEnd: @escaping @Sendable () -> Void) {
      self.reader = reader
      self.onEnd = onEnd
    }

    deinit { onEnd() }
  }

  private let subscription: Subscription

  init(_ reader: ShardReader, onEnd: @escaping @Sendable () -> Void) {
    subscription = Subscription(reader, onEnd)
  }

  /// Reads the changes.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let read: @Sendable () async -> ShardChange?

    /// The next change; nil at the end.
    public mutating func next() async -> ShardChange? { await read() }

    /// The next change; nil at the end.
    public mutating func next(isolation actor: isolated (any Actor)?) async -> ShardChange? { await read() }
  }

  /// The one reader.
  public func makeAsyncIterator() -> Iterator {
    Iterator { [subscription] in await subscription.reader.next() }
  }
}
