internal import Glibc
internal import MusterHTTPServer
internal import Testing

@Suite("Answers")
struct AnswerTests {
  @Test("one connection serves many requests")
  func keepAlive() throws {
    let server = try serve()
    let client = try RawClient(port: server.address.port)
    for index in 0..<50 {
      let response = try client.get("/a/\(index)?x=1")
      #expect(response.status == 200)
      #expect(response.text == "GET [\"a\", \"\(index)\"] x=1 0")
    }
    #expect(server.connections == 1)
  }

  @Test("requests that are sent without waiting are answered in order")
  func pipelining() throws {
    let server = try serve()
    let client = try RawClient(port: server.address.port)
    client.send((0..<100).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
    for index in 0..<100 {
      #expect(try client.response().text == "GET [\"\(index)\"]  0")
    }
  }

  @Test("a quick answer gets the raw target, and the handler is not asked")
  func quick() throws {
    let shared = HTTPResponse(status: 200, body: Array("quick".utf8))
    let handler = ClosureHandler(
      quick: { target, _ in
        target.indices.map { target[$0] } == Array("/a%20b?q=%41&r+s".utf8) ? shared : nil
      },
      handle: echo)
    let server = try HTTPServer(
      configuration: .init(limits: .init(maxConnections: 16)), handler: handler, log: { _ in })
    let client = try RawClient(port: server.address.port)
    #expect(try client.get("/a%20b?q=%41&r+s").text == "quick")
    #expect(try client.get("/a%20b?q=%41").text == "GET [\"a b\"] q=A 0")
    client.send("PUT /a%20b?q=%41&r+s HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
    #expect(try client.response().text == "PUT [\"a b\"] q=A,r s= 0")
    client.send("GET /a%20b?q=%41&r+s HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")
    #expect(try client.response().text == "GET [\"a b\"] q=A,r s= 2")
  }

  @Test("HEAD is answered like GET, without the body")
  func head() throws {
    let server = try serve()
    let client = try RawClient(port: server.address.port)
    client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n")
    let response = try client.response(toHead: true)
    #expect(response.status == 200)
    #expect(response.header("content-length") == "\("GET [\"x\"]  0".utf8.count)")
    #expect(try client.get("/y").text == "GET [\"y\"]  0")
  }

  @Test("a long body is compressed for a client that takes gzip, and only for it")
  func gzip() throws {
    let body = Array(String(repeating: "{\"Service\":\"web\"},", count: 500).utf8)
    let shared = HTTPResponse(status: 200, headers: [("Content-Type", "application/json")], body: body)
    let server = try serve { _ in .now(shared) }
    let client = try RawClient(port: server.address.port)
    let plain = try client.get("/")
    #expect(plain.body == body)
    #expect(plain.header("content-encoding") == nil)
    #expect(plain.header("vary") == "Accept-Encoding")
    let compressed = try client.get("/", headers: "Accept-Encoding: br, GZIP;q=0.5\r\n")
    #expect(compressed.header("content-encoding") == "gzip")
    #expect(compressed.header("vary") == "Accept-Encoding")
    #expect(compressed.body.starts(with: [0x1F, 0x8B]))
    #expect(compressed.body.count < body.count / 4)
    #expect(try client.get("/", headers: "Accept-Encoding: gzip;q=0, br\r\n").body == body)
  }

  @Test("a short body and an encoded one are sent as they are")
  func noGzip() throws {
    let long = [UInt8](repeating: 65, count: 5_000)
    let short = HTTPResponse(status: 200, body: Array(long.prefix(1_023)))
    let encoded = HTTPResponse(status: 200, headers: [("Content-Encoding", "br")], body: long)
    let server = try serve { .now($0.path == "/short" ? short : encoded) }
    let client = try RawClient(port: server.address.port)
    #expect(try client.get("/short", headers: "Accept-Encoding: gzip\r\n").header("content-encoding") == nil)
    #expect(try client.get("/encoded", headers: "Accept-Encoding: gzip\r\n").header("content-encoding") == "br")
  }

  @Test(
    "a response that HTTP can't carry becomes a 500",
    arguments: [
      (99, "A", "b"), (1_000, "A", "b"), (200, "", "b"), (200, "A", ""), (200, "A b", "c"), (200, "A", "b\r\nC: d"),
      (200, "A\nB", "c"), (200, "A:", "c"),
    ])
  func invalidResponse(status: Int, name: String, value: String) throws {
    let server = try serve { _ in .now(HTTPResponse(status: status, headers: [(name, value)])) }
    let response = try RawClient(port: server.address.port).get("/")
    #expect(response.status == 500)
    #expect(response.text.hasPrefix("the server made an answer that is not valid: "))
  }

  @Test("a handler sees the headers and the client's address")
  func requestDetails() throws {
    let server = try serve { request in
      let text = "\(request.header("x-consul-TOKEN") ?? "none") \(request.remoteAddress) \(request.acceptsGzip)"
      return .now(HTTPResponse(status: 200, body: Array(text.utf8)))
    }
    let client = try RawClient(port: server.address.port)
    #expect(try client.get("/", headers: "X-Consul-Token: t1\r\nAccept-Encoding: gzip\r\n").text == "t1 127.0.0.1 true")
    #expect(try client.get("/").text == "none 127.0.0.1 false")
  }

  @Test("several threads serve at the same time", .timeLimit(.minutes(10)))
  func threads() async throws {
    let server = try serve(threads: 3)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<20 {
            let client = try RawClient(port: server.address.port)
            for _ in 0..<10 { #expect(try client.get("/t").status == 200) }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(eventually { server.connections == 0 })
  }
}
