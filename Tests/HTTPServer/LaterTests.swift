internal import MusterHTTPServer
internal import MusterThreading
internal import Synchronization
internal import Testing

@Suite("Answers that come later")
struct LaterTests {
  private let ok = HTTPResponse(status: 200, body: Array("later".utf8))

  @Test("an answer may come before the closure returns")
  func atOnce() throws {
    let server = try serve { [ok] _ in .later { #expect($0.answer(ok)) } }
    let client = try RawClient(port: server.address.port)
    for _ in 0..<100 { #expect(try client.get("/").text == "later") }
  }

  @Test("answers come from other threads, also while the closure still runs")
  func otherThreads() throws {
    let waiting = Waiting()
    let answerers = try (0..<3).map { _ in
      try WorkerThread(name: "answers") { [ok] in
        while let exchange = waiting.exchanges.takeAll(upTo: 1, until: nil).first { exchange.answer(ok) }
      }
    }
    let server = try serve(threads: 2) { _ in waiting.park() }
    let clients = try (0..<20).map { _ in try RawClient(port: server.address.port) }
    for _ in 0..<50 {
      for client in clients { client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n") }
      for client in clients { #expect(try client.response().text == "later") }
    }
    waiting.exchanges.close()
    for answerer in answerers { answerer.join() }
  }

  @Test("only the first answer counts")
  func once() throws {
    let waiting = Waiting()
    let server = try serve { _ in waiting.park() }
    let client = try RawClient(port: server.address.port)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let exchange = try #require(waiting.exchanges.next())
    #expect(exchange.answer(ok))
    #expect(!exchange.answer(HTTPResponse(status: 500)))
    #expect(try client.response().status == 200)
    #expect(!exchange.answer(HTTPResponse(status: 500)))
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try #require(waiting.exchanges.next()).answer(ok))
    #expect(try client.response().status == 200)
  }

  @Test("a client that hangs up while it waits is noticed, and let go", arguments: [false, true])
  func hangUp(reset: Bool) throws {
    let gone = Mailbox<Bool>(capacity: 10)
    let waiting = Waiting()
    let server = try serve { _ in
      .later { exchange in
        exchange.onHangUp { gone.push(true) }
        waiting.exchanges.push(exchange)
      }
    }
    var client: RawClient? = try RawClient(port: server.address.port)
    client?.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let exchange = try #require(waiting.exchanges.next())
    if reset { client?.resetOnClose() }
    let start = ContinuousClock.now
    client = nil
    #expect(gone.next() == true)
    #expect(ContinuousClock.now - start < .seconds(1))
    #expect(eventually { server.connections == 0 })
    #expect(!exchange.answer(ok))
    #expect(gone.count == 0)
  }

  @Test("a hang-up is noticed at any of a connection's requests, also when an earlier one was answered")
  func hangUpLater() throws {
    let gone = Mailbox<Int>(capacity: 10)
    let waiting = Waiting()
    let server = try serve { request in
      .later { exchange in
        exchange.onHangUp { gone.push(Int(request.path.dropFirst()) ?? -1) }
        waiting.exchanges.push(exchange)
      }
    }
    var client: RawClient? = try RawClient(port: server.address.port)
    for number in 0..<5 {
      client?.send("GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
      let exchange = try #require(waiting.exchanges.next())
      if number < 4 {
        #expect(exchange.answer(ok))
        #expect(try client?.response().status == 200)
      }
    }
    client = nil
    #expect(gone.next() == 4)
    #expect(eventually { server.connections == 0 })
    #expect(gone.count == 0)
  }

  @Test("a hang-up that came while nobody wanted to know is told to the next who does")
  func hangUpBetween() throws {
    let gone = Mailbox<String>(capacity: 10)
    let waiting = Waiting()
    let server = try serve { _ in waiting.park() }
    let client = try RawClient(port: server.address.port)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let first = try #require(waiting.exchanges.next())
    first.onHangUp { gone.push("first") }
    #expect(first.answer(ok))
    #expect(try client.response().status == 200)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let second = try #require(waiting.exchanges.next())
    client.finishSending()
    // Hang-ups are reported in order: once this one's is here the other's has been as well.
    var other: RawClient? = try RawClient(port: server.address.port)
    other?.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    try #require(waiting.exchanges.next()).onHangUp { gone.push("other") }
    other = nil
    #expect(gone.next() == "other")
    second.onHangUp { gone.push("second") }
    #expect(gone.next() == "second")
    #expect(eventually { server.connections == 0 })
  }

  @Test("a hang-up is nothing to log")
  func hangUpIsQuiet() throws {
    let messages = Mailbox<String>(capacity: 100)
    let waiting = Waiting()
    let server = try serve(messages: messages) { _ in
      .later { exchange in
        exchange.onHangUp {}
        waiting.exchanges.push(exchange)
      }
    }
    for _ in 0..<10 {
      let client = try RawClient(port: server.address.port)
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(waiting.exchanges.next() != nil)
    }
    #expect(eventually { server.connections == 0 })
    server.stop()
    #expect(messages.takeAll(upTo: 100, until: .now) == [])
  }

  @Test("a client that hung up before anyone asked is noticed as well")
  func hangUpBefore() throws {
    let waiting = Waiting()
    let server = try serve { _ in waiting.park() }
    var client: RawClient? = try RawClient(port: server.address.port)
    client?.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let exchange = try #require(waiting.exchanges.next())
    client = nil
    let gone = Mailbox<Bool>(capacity: 1)
    exchange.onHangUp { gone.push(true) }
    #expect(gone.next() == true)
    #expect(eventually { server.connections == 0 })
  }

  @Test("a client that stays after its answer causes no hang-up")
  func noHangUpAfterAnswer() throws {
    let gone = Mailbox<Bool>(capacity: 10)
    let server = try serve { [ok] request in
      .later { exchange in
        exchange.onHangUp { gone.push(true) }
        exchange.answer(ok)
      }
    }
    for _ in 0..<50 {
      let client = try RawClient(port: server.address.port)
      for _ in 0..<5 { #expect(try client.get("/").status == 200) }
    }
    #expect(eventually { server.connections == 0 })
    #expect(gone.count == 0)
  }

  @Test("two thousand waiting requests are answered at once with one response")
  func many() throws {
    let waiting = Waiting()
    let server = try serve(threads: 2) { _ in
      .later { exchange in
        exchange.onHangUp {}
        waiting.exchanges.push(exchange)
      }
    }
    let clients = try (0..<2_000).map { _ in try RawClient(port: server.address.port) }
    for client in clients { client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
    #expect(eventually { server.connections == clients.count })
    let areAllThere = eventually { waiting.exchanges.count == clients.count }
    #expect(areAllThere, "\(waiting.exchanges.count) of \(clients.count) requests have arrived")
    let shared = HTTPResponse(status: 200, body: [UInt8](repeating: 7, count: 11_600))
    for exchange in waiting.exchanges.takeAll(upTo: .max, until: nil) { #expect(exchange.answer(shared)) }
    for client in clients { #expect(try client.response().body.count == 11_600) }
    #expect(server.connections == clients.count)
  }

  @Test("a request that is sent while another waits is answered after it")
  func pipelined() throws {
    let waiting = Waiting()
    let server = try serve { $0.path == "/wait" ? waiting.park() : echo($0) }
    let client = try RawClient(port: server.address.port)
    client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n")
    let exchange = try #require(waiting.exchanges.next())
    #expect(exchange.answer(ok))
    #expect(try client.response().text == "later")
    #expect(try client.response().text == "GET [\"next\"]  0")
  }

  @Test("an exchange without a connection gives its answer to a closure")
  func detached() {
    let answers = Mailbox<Int>(capacity: 2)
    let exchange = HTTPExchange { answers.push($0.status) }
    #expect(exchange.answer(ok))
    #expect(!exchange.answer(ok))
    #expect(answers.takeAll(upTo: 2, until: .now) == [200])
    let other = HTTPExchange { answers.push($0.status) }
    other.onHangUp { answers.push(-1) }
    other.hangUp()
    #expect(!other.answer(ok))
    #expect(answers.takeAll(upTo: 2, until: .now) == [-1])
  }
}
