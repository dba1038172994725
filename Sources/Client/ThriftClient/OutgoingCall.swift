internal import MusterDiscovery
internal import MusterThrift

/// A call on its way to an instance.
struct OutgoingCall: Sendable {
  let id: UInt64
  let endpoint: Endpoint
  let method: String
  let sequenceID: Int32
  let isOneway: Bool
  /// The whole frame.
  let bytes: [UInt8]
  let timeout: Duration

  enum Answer: Sendable {
    case message(ThriftReceivedMessage)
    /// A oneway call has left.
    case sent
    case failed(ThriftClientError)
    /// Its task was cancelled.
    case cancelled
  }

  /// Is called once.
  let done: @Sendable (Answer) -> Void

  /// Whether a message answers it; else why not.
  func check(_ head: ThriftMessageHead) -> String? {
    guard head.type == .reply || head.type == .exception else { return "a message of the type \(head.type)" }
    guard head.sequenceID == sequenceID else {
      return "an answer to the call \(head.sequenceID), not to \(sequenceID)"
    }
    return head.method == method ? nil : "an answer of \"\(head.name.prefix(64))\", not of \"\(method)\""
  }
}
