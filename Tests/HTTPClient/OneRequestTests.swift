internal import MusterHTTPClient
internal import Testing

@Suite("A request is sent once")
struct OneRequestTests {
  private static let methods = ["GET", "HEAD", "PUT", "DELETE", "POST", "PATCH"]

  @Test(
    "over a kept connection on which the server hangs up instead of answering", arguments: methods, [false, true])
  func transport(method: String, resets: Bool) async throws {
    let server = try HangingUpServer(resets: resets)
    let transport = try HTTPTransport()
    #expect(try await transport.send("GET", server.url + "/kept").status == 200)
    let error = await #expect(throws: HTTPClientError.self) {
      try await transport.send(method, server.url + "/lost", body: method.hasPrefix("P") ? [1, 2, 3] : [])
    }
    Self.expectLost(error, server)
    // The next request is one of its own.
    #expect(try await transport.send("POST", server.url + "/kept", body: [1]).status == 200)
    transport.close()
    #expect(server.finish() == ["GET /kept HTTP/1.1", "\(method) /lost HTTP/1.1", "POST /kept HTTP/1.1"])
  }

  @Test("by a client that blocks, too", arguments: methods, [false, true])
  func client(method: String, resets: Bool) throws {
    let server = try HangingUpServer(resets: resets)
    do {
      let client = try HTTPClient()
      #expect(try client.request("GET", server.url + "/kept").status == 200)
      let error = #expect(throws: HTTPClientError.self) { try client.request(method, server.url + "/lost") }
      Self.expectLost(error, server)
    }
    #expect(server.finish() == ["GET /kept HTTP/1.1", "\(method) /lost HTTP/1.1"])
  }

  @Test("however large its body is")
  func large() async throws {
    let server = try HangingUpServer()
    let transport = try HTTPTransport()
    _ = try await transport.send("GET", server.url + "/kept")
    let error = await #expect(throws: HTTPClientError.self) {
      try await transport.send("POST", server.url + "/lost", body: Array(repeating: 120, count: 1 << 20))
    }
    Self.expectLost(error, server)
    transport.close()
    #expect(server.finish() == ["GET /kept HTTP/1.1", "POST /lost HTTP/1.1"])
  }

  @Test("and was sent, also when the server can't be reached any more")
  func gone() async throws {
    let server = try HangingUpServer(closesPort: true)
    let transport = try HTTPTransport()
    _ = try await transport.send("GET", server.url + "/kept")
    let error = await #expect(throws: HTTPClientError.self) {
      try await transport.send("POST", server.url + "/lost", body: [1])
    }
    Self.expectLost(error, server)
    transport.close()
    #expect(server.finish() == ["GET /kept HTTP/1.1", "POST /lost HTTP/1.1"])
  }

  @Test("whatever the answer asks for, with a password and after interim answers", arguments: ["", "u:p@"])
  func answered(user: String) async throws {
    let end = "Connection: close\r\nContent-Length: 0\r\n\r\n"
    let continued = "HTTP/1.1 100 Continue\r\n\r\n"
    let server = try CannedServer([
      continued + continued + "HTTP/1.1 200 OK\r\n" + end,
      "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n" + end,
      "HTTP/1.1 417 Expectation Failed\r\n" + end,
      "HTTP/1.1 307 Temporary Redirect\r\nLocation: /x\r\n" + end,
    ])
    let transport = try HTTPTransport()
    for status in [200, 401, 417, 307] {
      let url = "http://\(user)127.0.0.1:\(server.port)/"
      #expect(try await transport.send("POST", url, body: [1, 2]).status == status)
    }
    #expect(server.finish().count == 4)
  }

  private static func expectLost(_ error: HTTPClientError?, _ server: HangingUpServer) {
    #expect(error?.code == .connectionLost)
    #expect(error?.wasSent == true)
    let start = "\(server.url.dropFirst(7)) closed the connection before it had answered: "
    #expect(error?.message.hasPrefix(start) == true, "\(error?.message ?? "none")")
    #expect(error?.message.contains("callback") == false)
  }
}
