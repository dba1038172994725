internal import MusterThrift

/// What is known of a call from its head and its connection.
struct CallHead: Sendable {
  let message: ThriftMessageHead
  let header: HeaderBox?
  let dialect: ThriftDialect

  /// The method's name as it was sent.
  var name: String { message.name }

  /// Whether nobody waits for an answer.
  var isOneway: Bool { message.type == .oneway }

  /// What is wrong with an answer to it; nil if nothing is.
  func fault(in answer: ThriftMessageHead) -> String? {
    guard answer.type == .reply || answer.type == .exception else {
      return "the answer to '\(message.name)' is a \(answer.type), not a reply"
    }
    guard answer.sequenceID == message.sequenceID else {
      return "the answer to '\(message.name)' has the sequence id \(answer.sequenceID), not \(message.sequenceID)"
    }
    return nil
  }
}
