internal import MusterHTTPServer
internal import MusterThreading
internal import Testing

@Suite("Request bodies")
struct BodyTests {
  private static let limits = HTTPServerConfiguration.Limits(maxBodyBytes: 1_000, maxConnections: 64)

  @Test("a body that arrives in pieces is put together")
  func pieces() throws {
    let server = try serve { .now(HTTPResponse(status: 200, body: $0.body)) }
    let client = try RawClient(port: server.address.port)
    let body = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    client.send("PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n")
    for start in stride(from: 0, to: body.count, by: 7_001) {
      client.send(Array(body[start..<min(start + 7_001, body.count)]))
    }
    #expect(try client.response().body == body)
  }

  @Test("a chunked body is put together")
  func chunked() throws {
    let server = try serve { .now(HTTPResponse(status: 200, body: $0.body)) }
    let client = try RawClient(port: server.address.port)
    client.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    client.send("5\r\nhello\r\n")
    client.send("1\r\n \r\n5;x=y\r\nwor")
    client.send("ld\r\n0\r\n\r\n")
    #expect(try client.response().text == "hello world")
    #expect(try client.get("/").status == 200)
  }

  @Test(
    "a request whose body could end in two places is refused, and the connection closed",
    arguments: ["PUT", "POST", "DELETE", "GET"],
    [
      "Content-Length: 26\r\nContent-Length: 5", "content-length: 5\r\nX: y\r\nCONTENT-LENGTH: 26",
      "Content-Length: 5\r\nContent-Length: 5\r\nContent-Length: 6", "Content-Length: 26, 5",
      "Content-Length: 26\r\nTransfer-Encoding: chunked",
    ])
  func ambiguousEnd(method: String, fields: String) throws {
    let handled = Mailbox<String>(capacity: 10)
    let server = try serve {
      handled.push($0.method)
      return .now(HTTPResponse(status: 200, body: []))
    }
    let client = try RawClient(port: server.address.port)
    client.send("\(method) /x HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n")
    client.send("helloGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
    let response = try client.response()
    #expect(response.status == 400)
    #expect(client.isClosedByServer())
    #expect(handled.takeAll(upTo: 1, until: .now).isEmpty)
  }

  @Test("a length that is given twice and is the same is taken")
  func repeatedLength() throws {
    let server = try serve()
    let client = try RawClient(port: server.address.port)
    client.send("PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi")
    #expect(try client.response().text == "PUT [\"x\"]  2")
  }

  @Test("a body of exactly the limit is taken")
  func exact() throws {
    let server = try serve(limits: Self.limits)
    let client = try RawClient(port: server.address.port)
    client.send("PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
    client.send([UInt8](repeating: 1, count: 1_000))
    #expect(try client.response().text == "PUT [\"x\"]  1000")
  }

  @Test("a body over the limit is refused with 413, and the connection lives on", arguments: ["PUT", "GET"])
  func tooLong(method: String) throws {
    let server = try serve(limits: Self.limits)
    let client = try RawClient(port: server.address.port)
    client.send("\(method) /x HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n")
    client.send([UInt8](repeating: 1, count: 50_000))
    let response = try client.response()
    #expect(response.status == 413)
    #expect(response.text == "the request's body is longer than the 1000 bytes that are allowed\n")
    #expect(try client.get("/").status == 200)
  }

  @Test("a chunked body over the limit is refused with 413")
  func tooLongChunked() throws {
    let server = try serve(limits: Self.limits)
    let client = try RawClient(port: server.address.port)
    client.send("PUT /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in 0..<20 { client.send("64\r\n" + String(repeating: "x", count: 100) + "\r\n") }
    client.send("0\r\n\r\n")
    #expect(try client.response().status == 413)
    #expect(try client.get("/").status == 200)
  }

  @Test("a client that asks first is refused before it sends a body that is too long")
  func expectContinue() throws {
    let server = try serve(limits: Self.limits)
    let client = try RawClient(port: server.address.port)
    client.send("PUT /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n")
    #expect(try client.response().status == 413)
    #expect(client.isClosedByServer())
  }

  @Test("a client that asks first is told to send a body that fits")
  func continues() throws {
    let server = try serve(limits: Self.limits)
    let client = try RawClient(port: server.address.port)
    client.send("PUT /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    #expect(try client.responseHeader().status == 100)
    client.send("hi")
    #expect(try client.response().text == "PUT [\"x\"]  2")
  }

  @Test("a body that is far too long is not read to its end")
  func farTooLong() throws {
    let server = try serve(limits: Self.limits)
    let client = try RawClient(port: server.address.port)
    client.send("PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 900000000000\r\n\r\n")
    #expect(try client.response().status == 413)
    #expect(client.isClosedByServer())
    let endless = try RawClient(port: server.address.port)
    endless.send("PUT /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    let piece = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
    #expect((0..<1_000).contains { _ in !endless.send(piece) })
  }

  @Test("a body that is cut off leaves nothing behind")
  func cutOff() throws {
    // The library may miss that a client left in the middle of a request; such connections end with the idle time.
    let server = try serve(limits: .init(maxConnections: 64, idleTimeout: .seconds(1)))
    do {
      let client = try RawClient(port: server.address.port)
      client.send("PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nabc")
      #expect(eventually { server.connections == 1 })
    }
    #expect(eventually { server.connections == 0 })
    #expect(try RawClient(port: server.address.port).get("/").status == 200)
  }
}
