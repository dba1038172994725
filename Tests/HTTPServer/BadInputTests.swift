internal import MusterHTTPServer
internal import MusterThreading
internal import Testing

@Suite("Bytes that are not HTTP")
struct BadInputTests {
  private static let parts: [[UInt8]] = [
    "GET ", "PUT ", "POST ", "HEAD ", "/", "/a?b=c", "%", "%00", " HTTP/1.1", " HTTP/1.0", " HTTP/9.9", "\r\n", "\n",
    "\r", "\r\n\r\n", "Host: a", "Content-Length: ", "-1", "5", "99999999999999999999", "Transfer-Encoding: chunked",
    "Expect: 100-continue", "Connection: close", "Accept-Encoding: gzip;q=", "FFFFFFFFFFFFFFFFF", "0", ";", ":", " ",
    "\u{0}", "é", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  ].map { Array($0.utf8) }

  private static func noise(_ random: inout Seeded) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 1...60, using: &random) {
      if Int.random(in: 0..<8, using: &random) == 0 {
        bytes += (0..<Int.random(in: 1...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      } else {
        bytes += parts[Int.random(in: 0..<parts.count, using: &random)]
      }
    }
    return bytes
  }

  @Test("random bytes never keep the server from answering the next client", arguments: 1...8 as ClosedRange<UInt64>)
  func random(seed: UInt64) throws {
    let waiting = Waiting()
    // The library may miss that a client left in the middle of a request; such connections end with the idle time.
    let limits = HTTPServerConfiguration.Limits(maxConnections: 512, idleTimeout: .seconds(1))
    let server = try serve(limits: limits, threads: 2) { $0.segments.first == "a" ? waiting.park() : echo($0) }
    var random = Seeded(seed)
    for _ in 0..<100 {
      let client = try RawClient(port: server.address.port)
      client.send(Self.noise(&random))
      if Bool.random(using: &random) { client.resetOnClose() }
      if Bool.random(using: &random) { client.finishSending() }
      if Bool.random(using: &random) { client.send(Self.noise(&random)) }
      for exchange in waiting.exchanges.takeAll(upTo: 100, until: .now) { exchange.answer(HTTPResponse(status: 200)) }
    }
    #expect(try RawClient(port: server.address.port).get("/x").text == "GET [\"x\"]  0")
    // Requests of clients that are gone may still reach the handler, so answer until all have been let go.
    #expect(
      eventually {
        for exchange in waiting.exchanges.takeAll(upTo: 100, until: .now) { exchange.answer(HTTPResponse(status: 200)) }
        return server.connections == 0
      })
  }

  @Test(
    "what is not a request is refused or closed",
    arguments: [
      "\r\n\r\n\r\n\r\nGARBAGE\r\n\r\n", "GET\r\n\r\n",
      "GET / HTTP/3.0\r\n\r\n", "GET / FTP/1.1\r\n\r\n", "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
      "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: abc\r\n\r\n",
      "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n",
      "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ])
  func refused(bytes: String) throws {
    let server = try serve()
    let client = try RawClient(port: server.address.port)
    client.send(bytes)
    client.finishSending()
    let status = (try? client.response())?.status
    #expect(status.map { 400..<600 ~= $0 } ?? true)
    #expect(client.isClosedByServer())
    #expect(try RawClient(port: server.address.port).get("/").status == 200)
  }

  @Test("any method reaches the handler", arguments: ["DELETE", "PATCH", "OPTIONS", "BREW", "get"])
  func methods(method: String) throws {
    let server = try serve()
    let client = try RawClient(port: server.address.port)
    client.send("\(method) /x HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try client.response().text == "\(method) [\"x\"]  0")
  }
}
