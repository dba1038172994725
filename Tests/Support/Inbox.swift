internal import MusterThreading

/// Collects what other threads send, for a test that waits for it.
public final class Inbox<Element: Sendable>: Sendable {
  private let mailbox = Mailbox<Element>(capacity: 1 << 20)

  /// An empty one.
  public init() {}

  /// Adds an element, from any thread.
  public func add(_ element: Element) { mailbox.push(element) }

  /// The next element; nil when none comes within a time that is far longer than any test takes.
  public func next(within patience: Duration = .seconds(20)) -> Element? {
    mailbox.takeAll(upTo: 1, until: .now + patience).first
  }

  /// The next `count` elements; fewer when they do not come.
  public func next(_ count: Int) -> [Element] {
    (0..<count).compactMap { _ in next() }
  }

  /// How many wait to be taken.
  public var count: Int { mailbox.count }
}
