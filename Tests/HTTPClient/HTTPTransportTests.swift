internal import MusterHTTPClient
internal import Testing

@Suite("The HTTP transport")
struct HTTPTransportTests {
  private static let hello = "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 5\r\n\r\nhello"

  @Test("brings answers to tasks")
  func answers() async throws {
    let server = try CannedServer([Self.hello])
    let transport = try HTTPTransport()
    let response = try await transport.send("PUT", server.url + "/x", headers: [("X-C", "d")], body: Array("{}".utf8))
    #expect(response.status == 200)
    #expect(response.headers["x-a"] == "b")
    #expect(response.text == "hello")
    let request = server.finish()[0]
    #expect(request.hasPrefix("PUT /x HTTP/1.1\r\n") && request.contains("X-C: d\r\n"))
  }

  @Test(
    "asks for a path as it was given",
    arguments: ["/../x", "/a/../b", "/./a/.", "/a/..", "/%2E%2e/%2f", "/a//b", "/a?b=/../c"])
  func path(path: String) async throws {
    let server = try CannedServer([Self.hello])
    _ = try await HTTPTransport().send("GET", server.url + path)
    #expect(server.finish()[0].hasPrefix("GET \(path) HTTP/1.1\r\n"))
  }

  @Test("serves many tasks at once, one of them hanging")
  func concurrent() async throws {
    let hanging = try CannedServer([nil])
    let transport = try HTTPTransport()
    let url = hanging.url
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { _ = try await transport.send("GET", url, timeout: .seconds(600)) }
      for _ in 0..<20 {
        let server = try CannedServer([Self.hello])
        #expect(try await transport.send("GET", server.url).text == "hello")
      }
      group.cancelAll()
      await #expect(throws: CancellationError.self) { try await group.waitForAll() }
    }
    _ = hanging.finish()
  }

  @Test("says whether anything was sent")
  func wasSent() async throws {
    let transport = try HTTPTransport()
    let closed = try LoopbackSocket(listening: false)
    let refused = await #expect(throws: HTTPClientError.self) {
      try await transport.send("GET", "http://127.0.0.1:\(closed.port)/")
    }
    #expect(refused?.code == .couldNotConnect)
    #expect(refused?.wasSent == false)
    let server = try CannedServer([""])
    let lost = await #expect(throws: HTTPClientError.self) { try await transport.send("GET", server.url) }
    #expect(lost?.code == .connectionLost)
    #expect(lost?.wasSent == true)
    let silent = try CannedServer([nil])
    let late = await #expect(throws: HTTPClientError.self) {
      try await transport.send("GET", silent.url, timeout: .milliseconds(50))
    }
    #expect(late?.code == .timedOut)
    #expect(late?.wasSent == true)
  }

  @Test(
    "an answer that is none is refused",
    arguments: [
      ("nonsense\r\n\r\n", HTTPClientError.Code.invalidResponse),
      ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", .connectionLost),
      ("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + String(repeating: "x", count: 2_000), .responseTooLarge),
      ("HTTP/1.1 200 OK\r\nX: " + String(repeating: "y", count: 70_000) + "\r\n\r\n", .responseTooLarge),
    ])
  func nonsense(answer: String, code: HTTPClientError.Code) async throws {
    let server = try CannedServer([answer])
    var limits = HTTPClient.Limits()
    limits.bodyBytes = 1_000
    let transport = try HTTPTransport(limits: limits)
    let error = await #expect(throws: HTTPClientError.self) { try await transport.send("GET", server.url) }
    #expect(error?.code == code, "\(String(describing: error))")
    #expect(error?.wasSent == true)
  }

  @Test("ends a cancelled request at once, whenever that comes")
  func cancellation() async throws {
    let transport = try HTTPTransport()
    let server = try CannedServer([nil])
    let url = server.url
    await withTaskGroup(of: Void.self) { group in
      group.cancelAll()
      group.addTask {
        await #expect(throws: CancellationError.self) { try await transport.send("GET", url) }
      }
    }
    // The server still waits for its one connection.
    _ = try? await transport.send("GET", server.url, timeout: .milliseconds(20))
    _ = server.finish()
  }

  @Test("ends what is under way when it is closed, and refuses what comes later")
  func close() async throws {
    let server = try CannedServer([nil])
    let transport = try HTTPTransport()
    let url = server.url
    await withTaskGroup(of: HTTPClientError?.self) { group in
      group.addTask {
        do {
          _ = try await transport.send("GET", url)
          return nil
        } catch {
          return error as? HTTPClientError
        }
      }
      transport.close()
      for await error in group { #expect(error?.code == .cancelled) }
    }
    let late = await #expect(throws: HTTPClientError.self) { try await transport.send("GET", server.url) }
    #expect(late?.code == .cancelled)
    // Whether or not the first request got that far, the server has its connection.
    _ = try? HTTPClient().request("GET", server.url, timeout: .milliseconds(20))
    _ = server.finish()
  }
}
