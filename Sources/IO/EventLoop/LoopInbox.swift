internal import MusterThreading

/// Brings messages from any thread to the thread of a loop, in order.
public final class LoopInbox<Message: Sendable>: Sendable {
  private struct State: Sendable {
    var messages: [Message] = []
    var sender: LoopSignal.Sender?
    var hasEnded = false
  }

  private let state = Locked(State())

  /// An inbox that no loop empties yet; messages wait until one does.
  public init() {}

  /// Empties it on a loop from now on, until the loop ends.
  ///
  /// - Parameters:
  ///   - loop: whose thread takes the messages.
  ///   - take: gets each message.
  /// - Throws: `EventLoopError` if the system refuses.
  public func open(on loop: EventLoop, _ take: @escaping (Message) -> Void) throws(EventLoopError) {
    let signal = try LoopSignal(loop) { [self] in
      for message in takeAll() { take(message) }
    }
    signal.atEnd = { [self] in state.withLock { $0 = State(hasEnded: true) } }
    let sender = signal.sender
    state.withLock { $0.sender = sender }
    sender.send()
  }

  /// Leaves a message; it is lost if the loop ends before it is taken, or has ended.
  public func push(_ message: Message) {
    // The lock keeps the loop from ending between the look and the signal.
    state.withLock { state in
      guard !state.hasEnded else { return }
      state.messages.append(message)
      state.sender?.send()
    }
  }

  private func takeAll() -> [Message] {
    state.withLock { state in
      defer { state.messages = [] }
      return state.messages
    }
  }
}
