internal import MusterHTTPServer
internal import Testing

@Suite("Requests")
struct RequestTests {
  @Test(
    "a target is taken apart and decoded",
    arguments: [
      ("/", "/", [], []),
      ("/v1/health", "/v1/health", ["v1", "health"], []),
      ("/v1//x/", "/v1//x/", ["v1", "", "x", ""], []),
      ("/a%2Fb/%C3%A4+", "/a%2Fb/%C3%A4+", ["a/b", "ä+"], []),
      ("/..%2f./.", "/..%2f./.", [".././".dropLast(1).description, "."], []),
      ("/a?", "/a", ["a"], []),
      ("/a?b&c=&d=e=f&&=g", "/a", ["a"], ["b=", "c=", "d=e=f", "=g"]),
      ("/a?x+y=%26%3d+%2B", "/a", ["a"], ["x y=&= +"]),
      ("/a?b=c?d", "/a", ["a"], ["b=c?d"]),
      ("http://host:80/a?b", "/a", ["a"], ["b="]),
      ("https://host", "/", [], []),
      ("*", "*", [], []),
    ] as [(String, String, [String], [String])])
  func decodes(target: String, path: String, segments: [String], query: [String]) throws {
    let request = try HTTPRequest(method: "GET", target: target)
    #expect(request.path == path)
    #expect(request.segments == segments)
    #expect(request.query.map { "\($0.name)=\($0.value)" } == query)
  }

  @Test(
    "a target that can't be decoded is refused",
    arguments: [
      "", "a", "?a", "/%", "/%4", "/%zz", "/%4g", "/a%00b", "/%ff", "/%c3", "/%ED%A0%80", "/?%", "/?a=%1", "/?a=%00",
      "/?%FE=1", "/a b", "/a\tb", "/a\u{7F}", "/a\nb", "**", "ftp://host/a",
    ])
  func refuses(target: String) throws {
    let error = #expect(throws: HTTPRequestError.self) { try HTTPRequest(method: "GET", target: target) }
    #expect(error?.message.isEmpty == false)
  }

  @Test(
    "a target that can't be decoded is answered with 400 before the handler is asked",
    arguments: [
      ("/%zz", "the path has a '%' without two hexadecimal digits after it: '%zz'\n"),
      ("/a/%00", "the path has a NUL character in it: '%00'\n"),
      ("/a?b=%ff", "the query is not valid UTF-8 when decoded: '%ff'\n"),
      ("a", "the request's target must start with '/'\n"),
      ("/a b", "the request's target has a space or a control character in it\n"),
    ])
  func refusesOverTheWire(target: String, message: String) throws {
    let server = try serve { _ in
      Issue.record("the handler was asked")
      return .now(HTTPResponse(status: 200))
    }
    let client = try RawClient(port: server.address.port)
    for _ in 0..<2 {
      let response = try client.get(target)
      #expect(response.status == 400)
      #expect(response.text == message)
      #expect(response.header("content-type") == "text/plain; charset=utf-8")
    }
  }

  @Test("a header is found in any case, the first of several")
  func headers() throws {
    let request = try HTTPRequest(method: "PUT", target: "/", headers: [("X-A", "1"), ("x-a", "2")], body: [1])
    #expect(request.header("x-A") == "1")
    #expect(request.header("x-b") == nil)
    #expect(request.body == [1])
    #expect(try HTTPRequest(method: "HEAD", target: "/").method == "GET")
  }

  @Test(
    "Accept-Encoding is read with its weights",
    arguments: [
      ("gzip", true), ("GZip", true), ("deflate, gzip;q=0.5", true), ("gzip;q=0", false), ("gzip; q=0.000", false),
      ("gzip;q=0.001", true), ("*", true), ("*;q=0", false), ("*;q=0, gzip", true), ("gzip;q=0, *", false),
      ("identity", false), ("", false), (",,,", false), ("xgzip", false), ("gzipx", false), ("br,\tgzip ", true),
    ])
  func acceptEncoding(value: String, accepts: Bool) throws {
    #expect(try HTTPRequest(method: "GET", target: "/", headers: [("accept-encoding", value)]).acceptsGzip == accepts)
  }

  @Test(
    "random targets are decoded or refused, and decoded ones have no control bytes lost",
    arguments: 0..<20 as Range<UInt64>)
  func randomTargets(seed: UInt64) {
    var random = Seeded(seed)
    let alphabet = Array("/%?&=+a0fF.\u{0}é#".utf8) + [0xFF, 0x80]
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let text = String(decoding: [UInt8(ascii: "/")] + bytes, as: UTF8.self)
      guard let request = try? HTTPRequest(method: "GET", target: text) else { continue }
      #expect(request.target == text)
      #expect(request.segments.joined().utf8.count <= text.utf8.count)
      #expect(!request.segments.joined().utf8.contains(0))
    }
  }
}
