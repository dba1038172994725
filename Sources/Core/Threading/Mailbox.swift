/// A bounded queue from any number of threads to the thread that works it off, in order.
public final class Mailbox<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    var isClosed = false

    mutating func take(upTo limit: Int) -> [Element] {
      guard elements.count > limit else {
        defer { elements = [] }
        return elements
      }
      let first = Array(elements.prefix(limit))
      elements.removeFirst(limit)
      return first
    }
  }

  /// How many elements wait at most.
  public let capacity: Int

  private let monitor = Monitor(State())

  /// Makes an empty mailbox.
  ///
  /// - Parameter capacity: how many elements may wait; at least 1.
  public init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  /// Adds an element.
  ///
  /// - Returns: false if the mailbox is full or closed; the element is then not taken.
  @discardableResult
  public func push(_ element: Element) -> Bool {
    let isTaken = monitor.withLock { state in
      guard !state.isClosed, state.elements.count < capacity else { return false }
      state.elements.append(element)
      return true
    }
    if isTaken { monitor.signal() }
    return isTaken
  }

  /// Waits until something is there and takes it, the oldest first.
  ///
  /// What was pushed before `close()` is still given out.
  ///
  /// - Parameters:
  ///   - limit: how many elements to take at most; at least 1.
  ///   - deadline: when to give up; nil waits as long as it takes.
  /// - Returns: the elements; none if the deadline has passed, or if the mailbox is closed and empty.
  public func takeAll(upTo limit: Int, until deadline: ContinuousClock.Instant?) -> [Element] {
    monitor.wait(until: deadline) { state -> [Element]? in
      if state.elements.isEmpty { return state.isClosed ? [] : nil }
      return state.take(upTo: max(1, limit))
    } ?? []
  }

  /// Refuses further elements and wakes whoever waits.
  public func close() {
    monitor.withLock { $0.isClosed = true }
    monitor.broadcast()
  }

  /// Whether `close()` has been called.
  public var isClosed: Bool {
    monitor.withLock { $0.isClosed }
  }

  /// How many elements wait.
  public var count: Int {
    monitor.withLock { $0.elements.count }
  }
}
