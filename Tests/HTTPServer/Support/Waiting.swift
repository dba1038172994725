internal import MusterHTTPServer
internal import MusterThreading

/// Requests that a handler has put off, for a test to answer.
struct Waiting: Sendable {
  let exchanges = Mailbox<HTTPExchange>(capacity: 10_000)

  func park() -> HTTPReply {
    let exchanges = exchanges
    return .later { exchanges.push($0) }
  }
}
