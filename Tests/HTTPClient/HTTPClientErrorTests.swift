internal import MusterHTTPClient
internal import Testing

@Suite("What goes wrong with the HTTP client")
struct HTTPClientErrorTests {
  @Test(
    "a request that can't be sent as it is meant is refused",
    arguments: [
      ("GET", "ftp://127.0.0.1/", "a", "b"), ("GET", "file:///etc/passwd", "a", "b"), ("GET", "127.0.0.1", "a", "b"),
      ("GET", "http://127.0.0.1/a b", "a", "b"), ("GET", "http://127.0.0.1/\u{0}", "a", "b"),
      ("GET", "http://127.0.0.1/ü", "a", "b"), ("GET", "http://", "a", "b"),
      ("GET", "http://127.0.0.1:99999/", "a", "b"),
      ("", "http://127.0.0.1/", "a", "b"), ("GET /\r\n", "http://127.0.0.1/", "a", "b"),
      ("GET", "http://127.0.0.1/", "", "b"), ("GET", "http://127.0.0.1/", "a:", "b"),
      ("GET", "http://127.0.0.1/", "a", "b\r\nHost: x"), ("GET", "http://127.0.0.1/", "a", "\u{0}"),
    ])
  func invalidRequest(method: String, url: String, name: String, value: String) throws {
    let error = #expect(throws: HTTPClientError.self) {
      try HTTPClient().request(method, url, headers: [(name: name, value: value)])
    }
    #expect(error?.code == .invalidRequest)
  }

  @Test("a port nobody listens on is named with the reason")
  func refused() throws {
    let socket = try LoopbackSocket(listening: false)
    defer { socket.close() }
    let error = #expect(throws: HTTPClientError.self) {
      try HTTPClient().request("GET", "http://user:secret@127.0.0.1:\(socket.port)/path")
    }
    #expect(error?.code == .couldNotConnect)
    #expect(error?.message == "could not connect to 127.0.0.1:\(socket.port): Connection refused")
  }

  @Test(
    "an answer over a limit ends the request",
    arguments: [
      ("Content-Length: 101\r\n\r\n", "x", 101), ("\r\n", "x", 100_000), ("", "A: b\r\n", 11), ("A: ", "b", 1001),
    ])
  func overLimit(start: String, repeated: String, count: Int) throws {
    var limits = HTTPClient.Limits()
    limits.bodyBytes = 100
    limits.headerCount = 10
    limits.headerBytes = 1000
    let server = try CannedServer([
      "HTTP/1.1 200 OK\r\n" + start + String(repeating: repeated, count: count) + "\r\n\r\n"
    ])
    let error = #expect(throws: HTTPClientError.self) { try HTTPClient(limits: limits).request("GET", server.url) }
    #expect(error?.code == .responseTooLarge)
    #expect(error?.wasSent == true)
  }

  @Test(
    "a header that libcurl has no room for is over the limit, which is named",
    arguments: [
      (64 << 10, "over 256 lines or 65536 bytes, or one of them is over 102400 bytes"),
      (4 << 20, "over 256 lines or 4194304 bytes, or one of them is over 102400 bytes"),
    ])
  func longHeader(allowed: Int, message: String) throws {
    var limits = HTTPClient.Limits()
    limits.headerBytes = allowed
    let server = try CannedServer([
      "HTTP/1.1 200 OK\r\nA: " + String(repeating: "b", count: 2 << 20) + "\r\n\r\n"
    ])
    let error = #expect(throws: HTTPClientError.self) { try HTTPClient(limits: limits).request("GET", server.url) }
    #expect(error?.code == .responseTooLarge)
    #expect(error?.wasSent == true)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "none")")
  }

  @Test(
    "what is no complete answer is an error",
    arguments: [
      ("", HTTPClientError.Code.connectionLost),
      ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", .connectionLost),
      ("SSH-2.0-OpenSSH_9.2\r\n\r\n", .invalidResponse),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", .connectionLost),
    ])
  func brokenAnswer(answer: String, code: HTTPClientError.Code) throws {
    let server = try CannedServer([answer])
    let error = #expect(throws: HTTPClientError.self) { try HTTPClient().request("GET", server.url) }
    #expect(error?.code == code)
  }

  @Test("a server that does not answer in time is given up")
  func timeout() throws {
    let server = try CannedServer([nil])
    let error = #expect(throws: HTTPClientError.self) {
      try HTTPClient().request("GET", server.url, timeout: .milliseconds(20))
    }
    #expect(error?.code == .timedOut)
    #expect(error?.message.contains("127.0.0.1:\(server.port)") == true)
  }

  @Test("a cancelled request ends at once, and so does each after it")
  func cancelled() throws {
    let server = try CannedServer([])
    let cancellation = HTTPCancellation()
    cancellation.cancel()
    let client = try HTTPClient()
    for _ in 0..<2 {
      let error = #expect(throws: HTTPClientError.self) {
        try client.request("GET", server.url, cancellation: cancellation)
      }
      #expect(error?.code == .cancelled)
    }
  }

  @Test("a request that waits is ended by a cancellation from another thread")
  func cancelledFromOutside() throws {
    let cancellation = HTTPCancellation()
    let server = try CannedServer([nil]) { cancellation.cancel() }
    let error = #expect(throws: HTTPClientError.self) {
      try HTTPClient().request("GET", server.url, timeout: .seconds(60), cancellation: cancellation)
    }
    #expect(error?.code == .cancelled)
    #expect(server.finish().count == 1)
  }
}
