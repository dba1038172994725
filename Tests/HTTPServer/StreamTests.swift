internal import MusterHTTPServer
internal import MusterThreading
internal import Testing

@Suite("Streams")
struct StreamTests {
  /// A server whose only answer is a new stream each time.
  private func streaming(capacity: Int = 4_096) throws -> (HTTPServer, Mailbox<HTTPStream>) {
    let streams = Mailbox<HTTPStream>(capacity: 100)
    let server = try serve { _ in
      let stream = HTTPStream(capacity: capacity)
      streams.push(stream)
      return .now(HTTPResponse(status: 200, headers: [("Content-Type", "text/event-stream")], stream: stream))
    }
    return (server, streams)
  }

  @Test("what is sent arrives at once, and the connection is used again after the end")
  func arrives() throws {
    let (server, streams) = try streaming()
    let client = try RawClient(port: server.address.port)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let stream = try #require(streams.next())
    #expect(try client.responseHeader().header("content-type") == "text/event-stream")
    for index in 0..<100 {
      #expect(stream.send(Array("event \(index)\n".utf8)))
      #expect(try client.chunk() == Array("event \(index)\n".utf8))
    }
    stream.finish()
    #expect(try client.chunk() == nil)
    #expect(!stream.send([1]))
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let next = try #require(streams.next())
    #expect(next.send([65]))
    next.finish()
    #expect(try client.response().text == "A")
  }

  @Test("what does not fit the buffer of a slow client is refused")
  func bounded() throws {
    let stream = HTTPStream(capacity: 10)
    #expect(stream.send([UInt8](repeating: 1, count: 10)))
    #expect(!stream.send([1]))
    let (server, streams) = try streaming(capacity: 100_000)
    let client = try RawClient(port: server.address.port)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let full = try #require(streams.next())
    var taken = 0
    while full.send([UInt8](repeating: 65, count: 50_000)) { taken += 50_000 }
    full.finish()
    #expect(try client.response().body.count == taken)
  }

  @Test("what is sent into several streams arrives in each, also behind what waits there")
  func shared() throws {
    let (server, streams) = try streaming(capacity: 300)
    let clients = try (0..<3).map { _ in try RawClient(port: server.address.port) }
    for client in clients { client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
    let all = try clients.map { _ in try #require(streams.next()) }
    for round in 0..<200 {
      let event = Array("event \(round)\n".utf8)
      for stream in all { while !stream.send(event) {} }
    }
    for stream in all { stream.finish() }
    let expected = (0..<200).map { "event \($0)\n" }.joined()
    for client in clients { #expect(try client.response().text == expected) }
  }

  @Test("a client that goes away ends the stream, at once")
  func hangUp() throws {
    let (server, streams) = try streaming()
    let ended = Mailbox<Bool>(capacity: 10)
    var client: RawClient? = try RawClient(port: server.address.port)
    client?.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let stream = try #require(streams.next())
    stream.onEnd { ended.push(true) }
    _ = try client?.responseHeader()
    client = nil
    #expect(ended.next() == true)
    #expect(!stream.send([1]))
    #expect(eventually { server.connections == 0 })
    #expect(ended.count == 0)
  }

  @Test("stopping the server ends its streams")
  func stop() throws {
    let (server, streams) = try streaming()
    let clients = try (0..<20).map { _ in try RawClient(port: server.address.port) }
    for client in clients { client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
    for client in clients { #expect(try client.responseHeader().status == 200) }
    #expect(streams.count == clients.count)
    server.stop()
    for client in clients { #expect(try client.chunk() == nil) }
  }

  @Test("a stream that is used twice is a 500 for the second client")
  func twice() throws {
    let response = HTTPResponse(status: 200, stream: HTTPStream())
    let server = try serve { _ in .now(response) }
    let first = try RawClient(port: server.address.port)
    first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try first.responseHeader().status == 200)
    #expect(try RawClient(port: server.address.port).get("/").status == 500)
  }

  @Test("sending from several threads loses nothing")
  func threads() throws {
    let (server, streams) = try streaming(capacity: 1 << 20)
    let client = try RawClient(port: server.address.port)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let stream = try #require(streams.next())
    let senders = try (0..<4).map { index in
      try WorkerThread(name: "send") {
        for _ in 0..<1_000 { #expect(stream.send([UInt8](repeating: UInt8(65 + index), count: 10))) }
      }
    }
    for sender in senders { sender.join() }
    stream.finish()
    let body = try client.response().body
    #expect((0..<4).allSatisfy { index in body.count { $0 == UInt8(65 + index) } == 10_000 })
  }
}
