internal import MusterEventLoop

/// A call while it is under way: from when it is taken on until it has ended. Belongs to the loop's thread.
final class Exchange {
  let call: OutgoingCall
  /// The connection that carries it; nil while it waits for one.
  var connection: ClientConnection?
  /// Is called once, before the caller is told.
  var atEnd: (() -> Void)?
  private var timer: LoopTimer?
  private(set) var isOver = false

  init(_ call: OutgoingCall, _ loop: EventLoop, _ late: @escaping (Exchange) -> Void) {
    self.call = call
    timer = LoopTimer(loop) { [weak self] in
      if let self { late(self) }
    }
    timer?.start(after: max(call.timeout, .milliseconds(1)))
  }

  /// Tells the caller; only the first time counts.
  func end(_ answer: OutgoingCall.Answer) {
    guard !isOver else { return }
    isOver = true
    timer?.close()
    connection = nil
    atEnd?()
    atEnd = nil
    call.done(answer)
  }

  func fail(_ code: ThriftClientError.Code, _ what: String, wasSent: Bool) {
    end(.failed(ThriftClientError(code, "\(call.endpoint), \"\(call.method)\": \(what)", wasSent: wasSent)))
  }
}
