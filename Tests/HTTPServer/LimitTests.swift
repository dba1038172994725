internal import MusterHTTPServer
internal import MusterThreading
internal import Testing

@Suite("Limits")
struct LimitTests {
  @Test("a header that does not fit is refused with 431")
  func header() throws {
    let server = try serve()
    let client = try RawClient(port: server.address.port)
    client.send("GET / HTTP/1.1\r\nHost: a\r\nX-A: \(String(repeating: "x", count: 40_000))\r\n\r\n")
    #expect(try client.response().status == 431)
  }

  @Test("very many small header fields are refused with 431")
  func manyFields() throws {
    let server = try serve()
    let client = try RawClient(port: server.address.port)
    client.send("GET / HTTP/1.1\r\n\(String(repeating: "a: b\r\n", count: 3_000))\r\n")
    #expect(try client.response().status == 431)
  }

  @Test(
    "a target of exactly the limit is taken, a longer one is refused with 414", arguments: [("a", 200), ("ab", 414)])
  func target(suffix: String, status: Int) throws {
    let server = try serve(limits: .init(maxTargetBytes: 1_000, maxConnections: 16))
    let client = try RawClient(port: server.address.port)
    let response = try client.get("/" + String(repeating: "x", count: 998) + suffix)
    #expect(response.status == status)
    #expect(try client.get("/").status == 200)
  }

  @Test("a target that does not fit the memory of a request is refused with 414")
  func hugeTarget() throws {
    let server = try serve()
    let client = try RawClient(port: server.address.port)
    client.send("GET /\(String(repeating: "x", count: 40_000)) HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try client.response().status == 414)
  }

  @Test("a query may have as many parameters as fit into the target")
  func manyParameters() throws {
    let server = try serve { .now(HTTPResponse(status: 200, text: "\($0.query.count)")) }
    let client = try RawClient(port: server.address.port)
    #expect(try client.get("/?" + String(repeating: "a&", count: 4_000)).text == "4000\n")
    #expect(try client.get("/?a").text == "1\n")
  }

  @Test("a connection over the limit waits until another one is closed")
  func connections() throws {
    let server = try serve(limits: .init(maxConnections: 2))
    var first: RawClient? = try RawClient(port: server.address.port)
    let second = try RawClient(port: server.address.port)
    #expect(try first?.get("/").status == 200)
    #expect(try second.get("/").status == 200)
    let third = try RawClient(port: server.address.port)
    third.send("GET /third HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try second.get("/").status == 200)
    #expect(server.connections == 2)
    first = nil
    #expect(try third.response().text == "GET [\"third\"]  0")
  }

  @Test(
    "a connection over the limit of one client is closed at once, which the log tells, and another is taken once there is room",
    arguments: [1, 3])
  func connectionsPerClient(threads: Int) throws {
    let log = Mailbox<String>(capacity: 10)
    let server = try serve(
      limits: .init(maxConnections: 16, maxConnectionsPerClient: 2), threads: threads, messages: log)
    var first: RawClient? = try RawClient(port: server.address.port)
    let second = try RawClient(port: server.address.port)
    #expect(try first?.get("/").status == 200)
    #expect(try second.get("/").status == 200)
    #expect(try RawClient(port: server.address.port).isClosedByServer())
    #expect(
      log.next() == "127.0.0.1 has 2 connections, the most for one client: another is closed")
    #expect(try second.get("/").status == 200)
    first = nil
    #expect(eventually { server.connections == 1 })
    #expect(try RawClient(port: server.address.port).get("/").status == 200)
  }

  @Test(
    "a client that is silent within a header, a body or between requests is let go after the idle time",
    arguments: [
      "", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\n", "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc",
    ])
  func idle(sent: String) throws {
    let server = try serve(limits: .init(maxConnections: 16, idleTimeout: .seconds(1)))
    let client = try RawClient(port: server.address.port)
    client.send(sent)
    #expect(client.isClosedByServer())
    #expect(eventually { server.connections == 0 })
  }

  @Test("a chunk whose header is longer than the connection's memory is cut off")
  func endlessChunkHeader() throws {
    let log = Mailbox<String>(capacity: 10)
    let server = try serve(messages: log)
    let client = try RawClient(port: server.address.port)
    client.send(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;" + String(repeating: "a", count: 40_000))
    #expect(client.isClosedByServer())
    #expect(log.next() == "a request's body could not be read on within 16384 bytes: its connection is closed")
    #expect(try RawClient(port: server.address.port).get("/").status == 200)
  }

  @Test("a request that waits for its answer is not idle")
  func parkedIsNotIdle() throws {
    let parked = Waiting()
    let server = try serve(limits: .init(maxConnections: 16, idleTimeout: .seconds(1))) { _ in parked.park() }
    let client = try RawClient(port: server.address.port)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let exchange = try #require(parked.exchanges.next())
    let idle = try RawClient(port: server.address.port)
    #expect(idle.isClosedByServer())
    #expect(exchange.answer(HTTPResponse(status: 200)))
    #expect(try client.response().status == 200)
  }
}
