internal import MusterHTTPClient
internal import MusterHTTPServer
internal import MusterTestSupport
internal import Testing

@Suite("A request that breaks the protocol")
struct ProtocolTests {
  private struct Case {
    let bytes: String
    /// The status of each answer; none where the connection is closed without one.
    let statuses: [Int]
    /// What the last answer's body says.
    let text: String

    init(_ bytes: String, _ statuses: [Int], _ text: String = "") {
      self.bytes = bytes
      self.statuses = statuses
      self.text = text
    }
  }

  private static let get = "GET /v1/status/leader HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
  private static let put = "PUT /v1/agent/service/register HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
  private static let keptAlive = "GET /v1/status/leader HTTP/1.1\r\nHost: x\r\n\r\n"

  private static let table: [Case] = [
    Case(get + "\r\n", [200]),
    Case("GET /v1/status/leader HTTP/1.0\r\n\r\n", [200]),
    Case("GET /v1/status/leader\r\n\r\n", [400], "syntactically incorrect"),
    Case("GET /v1/status/leader HTTP/2.0\r\nHost: x\r\n\r\n", [505], "HTTP version is not supported"),
    Case("GET /v1/status/leader SPDY/1.1\r\nHost: x\r\n\r\n", [400], "syntactically incorrect"),
    Case("\u{16}\u{03}\u{01}\u{02}\r\n\r\n", []),
    Case("\r\n\r\n\r\n", []),
    Case("\(get)nonsense\r\n\r\n", [400], "syntactically incorrect"),
    Case("\(get)X: \(String(repeating: "a", count: 20_000))\r\n\r\n", [431], "header was too big"),
    Case("\(get)\(String(repeating: "X: a\r\n", count: 2_000))\r\n", [431], "header was too big"),
    Case("GET /\(String(repeating: "a", count: 90_000)) HTTP/1.1\r\n\r\n", [414], "too big"),
    Case("GET /v1/catalog/service/a\u{1}b HTTP/1.1\r\nHost: x\r\n\r\n", [400], "a space or a control character"),
    Case("GET /v1/catalog/service/a b HTTP/1.1\r\nHost: x\r\n\r\n", [400], "a space or a control character"),
    Case("GET v1/agent/self HTTP/1.1\r\nHost: x\r\n\r\n", [400], "must start with '/'"),
    Case("CONNECT a:80 HTTP/1.1\r\nHost: x\r\n\r\n", [400], "must start with '/'"),
    Case("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", [404], "* is not served"),
    Case(
      "G\u{1}T /v1/status/leader HTTP/1.1\r\nConnection: close\r\n\r\n", [405], #"method "G\u{01}T" is not allowed"#),
    Case("\(put)Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", [400], "chunked encoding"),
    Case("\(put)Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx\r\n0\r\n\r\n", [413], "chunk size"),
    Case("\(put)Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", [400], "Name is missing or empty"),
    Case("\(put)Transfer-Encoding: chunked\r\n\r\n5\r\n{\"Nam\r\n", []),
    Case("\(put)Content-Length: 600000000\r\n\r\n{}", [413], "longer than the 524288 bytes"),
    Case(
      "\(put)Content-Length: 600000\r\n\r\n\(String(repeating: "a", count: 600_000))", [413], "longer than the 524288"),
    Case("\(put)Content-Length: 50\r\n\r\n{}", []),
    Case("\(put)Content-Length: 1\r\n\r\n{\"Name\": \"new\"}", [400], "not valid JSON"),
    Case("\(put)Expect: 100-continue\r\nContent-Length: 600000000\r\n\r\n", [413], "longer than the 524288 bytes"),
    Case("GET /v1/status/lea", []),
    Case("\(keptAlive)\(keptAlive)\(get)\r\n", [200, 200, 200]),
    Case("\(keptAlive)GARBAGE\r\n\r\n", [200]),
    Case("\(keptAlive)GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n\(get)\r\n", [200, 404, 200]),
  ]

  @Test("is refused or cut off, and changes nothing")
  func table() throws {
    let server = try TestServer(limits: .init(idleTimeout: .seconds(1)))
    let client = try TestClient(server)
    let before = try Sample.content(client)
    for wrong in Self.table {
      let label = Comment(rawValue: String(wrong.bytes.prefix(120)))
      let connection = try RawConnection(port: server.port)
      connection.send(wrong.bytes)
      let answers = RawAnswer.all(in: connection.readAll())
      #expect(answers.map(\.status).filter { $0 != 100 }.prefix(wrong.statuses.count + 1) == wrong.statuses[...], label)
      if !wrong.text.isEmpty {
        #expect(answers.last?.text.contains(wrong.text) == true, "\(label): \(answers.last?.text ?? "")")
      }
    }
    #expect(try Sample.content(client) == before)
  }

  @Test(
    "or claims a length that is none is refused", arguments: ["abc", "-5", "99999999999999999999999", "0x10", "1 2"])
  func lengths(length: String) throws {
    let server = try TestServer()
    let connection = try RawConnection(port: server.port)
    connection.send("\(Self.put)Content-Length: \(length)\r\n\r\n{}")
    let first = String(decoding: connection.readAll().prefix(12), as: UTF8.self)
    #expect(["HTTP/1.1 400", "HTTP/1.1 413"].contains(first))
    #expect(try TestClient(server).get("/v1/agent/services").text == "{}")
  }

  @Test("or is sent too slowly is cut off, while others are served")
  func slow() throws {
    let server = try TestServer(limits: .init(idleTimeout: .seconds(1)))
    let client = try TestClient(server)
    let connections = try ["", "GET ", "\(Self.put)Content-Length: 9\r\n\r\n{"].map { start in
      let connection = try RawConnection(port: server.port)
      connection.send(start)
      return connection
    }
    #expect(try client.get("/v1/status/leader").status == 200)
    for connection in connections { #expect(connection.readAll().isEmpty) }
    #expect(try client.get("/v1/status/leader").status == 200)
  }

  @Test("does not keep more connections of one address than allowed")
  func connectionLimit() throws {
    let server = try TestServer(limits: .init(maxConnectionsPerClient: 2), threads: 1)
    let kept = try (0..<2).map { _ in
      let connection = try RawConnection(port: server.port)
      connection.send(Self.keptAlive)
      return connection
    }
    for connection in kept { #expect(connection.read() != nil) }
    let third = try RawConnection(port: server.port)
    third.send(Self.keptAlive)
    #expect(third.read() == nil)
    kept[0].send(Self.keptAlive)
    #expect(kept[0].read() != nil)
  }
}
