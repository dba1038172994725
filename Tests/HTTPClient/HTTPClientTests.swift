internal import MusterHTTPClient
internal import Testing

@Suite("The HTTP client")
struct HTTPClientTests {
  @Test("an answer's status, headers and body are all there")
  func answer() throws {
    let server = try CannedServer([
      "HTTP/1.1 201 Created\r\nX-Consul-Index:  42 \r\nSet-Cookie: a\r\nset-cookie: b\r\nContent-Length: 5\r\n\r\nhello"
    ])
    let response = try HTTPClient().request("GET", server.url + "/v1/x?a=1")
    #expect(response.status == 201)
    #expect(response.headers["x-CONSUL-index"] == "42")
    #expect(response.headers.all("SET-COOKIE") == ["a", "b"])
    #expect(response.headers["absent"] == nil)
    #expect(response.text == "hello")
    let request = server.finish()[0]
    #expect(request.hasPrefix("GET /v1/x?a=1 HTTP/1.1\r\n"))
  }

  @Test("a PUT carries its body and headers, and no content type of libcurl's own")
  func put() throws {
    let server = try CannedServer(["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
    let headers = [(name: "X-Consul-Token", value: "secret"), (name: "X-Empty", value: "")]
    _ = try HTTPClient().request("PUT", server.url, headers: headers, body: Array("{}".utf8))
    let request = server.finish()[0]
    #expect(request.hasPrefix("PUT / HTTP/1.1\r\n"))
    #expect(request.contains("X-Consul-Token: secret\r\n"))
    #expect(request.contains("X-Empty:\r\n"))
    #expect(request.contains("Content-Length: 2\r\n"))
    #expect(!request.contains("Content-Type") && !request.contains("Expect"))
  }

  @Test("a PUT without a body says that its length is 0")
  func emptyPut() throws {
    let server = try CannedServer(["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
    _ = try HTTPClient().request("PUT", server.url)
    #expect(server.finish()[0].contains("Content-Length: 0\r\n"))
  }

  @Test("a redirect is an answer, not an order")
  func redirect() throws {
    let server = try CannedServer(["HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"])
    #expect(try HTTPClient().request("GET", server.url).status == 302)
  }

  @Test("headers of an interim answer are not those of the answer")
  func interimAnswer() throws {
    let server = try CannedServer([
      "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nX-Late: 1\r\nContent-Length: 0\r\n\r\n"
    ])
    let headers = try HTTPClient().request("GET", server.url).headers
    #expect(headers["X-Early"] == nil)
    #expect(headers["X-Late"] == "1")
  }

  @Test("one client sends many requests, and nothing of one is left in the next")
  func reuse() throws {
    let server = try CannedServer([
      "HTTP/1.1 200 OK\r\nX-First: 1\r\nConnection: close\r\nContent-Length: 1\r\n\r\na",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb",
    ])
    let client = try HTTPClient()
    _ = try client.request("PUT", server.url, headers: [(name: "X-Once", value: "1")], body: [1, 2, 3])
    let second = try client.request("GET", server.url)
    #expect(second.text == "b")
    #expect(second.headers["X-First"] == nil)
    let request = server.finish()[1]
    #expect(request.hasPrefix("GET "))
    #expect(!request.contains("X-Once") && !request.contains("Content-Length"))
  }
}
