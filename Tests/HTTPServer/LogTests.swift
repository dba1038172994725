internal import MusterHTTPServer
internal import MusterThreading
internal import Testing

@Suite("The log")
struct LogTests {
  @Test("what breaks the protocol is logged")
  func logs() throws {
    let messages = Mailbox<String>(capacity: 100)
    let server = try serve(messages: messages)
    let client = try RawClient(port: server.address.port)
    client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: abc\r\n\r\n")
    #expect(try client.response().status == 400)
    let message = try #require(messages.next())
    #expect(message.utf8.allSatisfy { $0 >= 0x20 })
  }

  @Test("only so many messages pass in a while, and the others are counted")
  func limits() {
    let messages = Mailbox<String>(capacity: 1_000)
    let limiter = LogLimiter { messages.push($0) }
    let start = ContinuousClock.now
    for number in 0..<(LogLimiter.mostPerWindow + 7) { limiter.write("\(number)", now: start) }
    #expect(
      messages.takeAll(upTo: .max, until: nil) == (0..<LogLimiter.mostPerWindow).map { "\($0)" })
    limiter.write("after", now: start + LogLimiter.window)
    #expect(
      messages.takeAll(upTo: .max, until: nil) == ["7 more messages of the HTTP server were left out", "after"])
  }
}
