import MusterHTTPServer
import MusterThreading
import Testing

@testable import MusterProbing

@Suite("An HTTP probe")
struct HTTPProbeTests {
  @Test(
    "takes the status for a verdict, and shows the answer",
    arguments: [
      (200, ProbeReading.Verdict.passing, "200 OK"), (204, .passing, "204 No Content"), (299, .passing, "299"),
      (429, .warning, "429 Too Many Requests"), (300, .critical, "300"), (404, .critical, "404 Not Found"),
      (500, .critical, "500 Internal Server Error"), (503, .critical, "503 Service Unavailable"),
    ])
  func status(_ status: Int, _ verdict: ProbeReading.Verdict, _ text: String) throws {
    let server = try serve { _ in HTTPResponse(status: status, body: status == 204 ? [] : Array("so it is".utf8)) }
    let reading = try read(.http(HTTPProbe(url: server.url + "/health")))
    #expect(reading.verdict == verdict)
    #expect(reading.summary.hasPrefix("HTTP GET \(server.url)/health: \(text)"))
    #expect(reading.detail == (status == 204 ? "" : "so it is"))
  }

  @Test("sends the method, the header fields and the body")
  func request() throws {
    let seen = Mailbox<HTTPRequest>(capacity: 1)
    let server = try serve { request in
      seen.push(request)
      return HTTPResponse(status: 200)
    }
    let probe = HTTPProbe(
      url: server.url + "/x?y=z", method: "PUT", headers: [.init("X-A", "1"), .init("X-A", "2"), .init("X-Empty", "")],
      body: "ping")
    #expect(try read(.http(probe)).verdict == .passing)
    let request = try #require(seen.takeAll(upTo: 1, until: .now + .seconds(10)).first)
    #expect(request.method == "PUT")
    #expect(request.target == "/x?y=z")
    #expect(Array(request.body) == Array("ping".utf8))
  }

  @Test("of the kind HEAD does not wait for a body")
  func head() throws {
    let server = try serve { _ in HTTPResponse(status: 200, body: Array("unseen".utf8)) }
    let reading = try read(.http(HTTPProbe(url: server.url, method: "HEAD")))
    #expect(reading == ProbeReading(.passing, "HTTP HEAD \(server.url): 200 OK"))
  }

  @Test("reads 4 KB of an answer without end, and takes its status")
  func endless() throws {
    let server = try RawServer(.flood("HTTP/1.1 200 OK\r\n\r\n", String(repeating: "x", count: 65_536)))
    let reading = try read(.http(HTTPProbe(url: server.url)))
    #expect(reading.verdict == .passing)
    #expect(reading.detail == String(repeating: "x", count: 4_096))
    #expect(reading.output.utf8.count == 4_096)
  }

  @Test("gives up on headers without end")
  func endlessHeaders() throws {
    let server = try RawServer(.flood("HTTP/1.1 200 OK\r\n", "X-A: \(String(repeating: "x", count: 1_000))\r\n"))
    let reading = try read(.http(HTTPProbe(url: server.url)))
    #expect(reading == ProbeReading(.critical, "HTTP GET \(server.url): the answer's headers are over 65536 bytes"))
  }

  @Test("follows five redirects and no more", arguments: [(5, true), (6, false)])
  func redirects(_ count: Int, _ isFollowed: Bool) throws {
    let server = try serve { request in
      let left = Int(request.target.dropFirst()) ?? 0
      return left == 0
        ? HTTPResponse(status: 200) : HTTPResponse(status: 302, headers: [("Location", "/\(left - 1)")])
    }
    let reading = try read(.http(HTTPProbe(url: "\(server.url)/\(count)")))
    #expect(reading.summary.hasSuffix(isFollowed ? ": 200 OK" : ": more than 5 redirects"))
    #expect(reading.verdict == (isFollowed ? .passing : .critical))
  }

  @Test("does not follow a redirect without end, or one that leaves HTTP", arguments: ["/", "file:///etc/passwd"])
  func badRedirect(_ location: String) throws {
    let server = try serve { _ in HTTPResponse(status: 301, headers: [("Location", location)]) }
    #expect(try read(.http(HTTPProbe(url: server.url))).verdict == .critical)
  }

  @Test("ends at its timeout")
  func hanging() throws {
    let server = try RawServer(.hang)
    let reading = try read(.http(HTTPProbe(url: server.url)), timeout: .milliseconds(150))
    #expect(reading == ProbeReading(.critical, "HTTP GET \(server.url): timed out after 150ms"))
  }

  @Test(
    "says what is wrong with an answer that is not HTTP",
    arguments: [
      ("SSH-2.0-OpenSSH_9.2\r\n", "the answer is not HTTP"),
      ("HTTP/1.1 twohundred OK\r\n\r\n", ""), ("HTTP/7.7 200 OK\r\n\r\n", ""),
      ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", ""), ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", ""),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", ""), ("\0\0\0\0", "the answer is not HTTP"),
    ])
  func broken(_ answer: String, _ problem: String) throws {
    let server = try RawServer(.say(answer))
    let reading = try read(.http(HTTPProbe(url: server.url)))
    #expect(reading.verdict == .critical)
    #expect(reading.summary.contains(problem))
  }

  @Test("says that nobody listens, or that nobody answers")
  func nobody() throws {
    let port = try RawServer.freePort()
    let url = "http://127.0.0.1:\(port)"
    #expect(
      try read(.http(HTTPProbe(url: url))) == ProbeReading(.critical, "HTTP GET \(url): connection refused"))
    let server = try RawServer(.close)
    #expect(try read(.http(HTTPProbe(url: server.url))).verdict == .critical)
  }

  @Test(
    "of something that can't be asked is critical at once",
    arguments: ["", "http://", "ftp://127.0.0.1/", "http://127.0.0.1:99999/", "http://[::1", "://", "\n"])
  func badAddress(_ url: String) throws {
    #expect(try read(.http(HTTPProbe(url: url))).verdict == .critical)
  }

  @Test("with a control character in a header field is not sent")
  func badHeader() throws {
    let reading = try read(.http(HTTPProbe(url: "http://127.0.0.1:1", headers: [.init("X", "a\r\nY: b")])))
    #expect(reading.summary.hasSuffix("a header field has a control character in it"))
  }

  @Test(
    "keeps passwords out of its output",
    arguments: [
      ("http://u:p@h/x@y", "http://h/x@y"), ("http://h/x@y", "http://h/x@y"), ("http://u:p@@h", "http://h"),
      ("u:p@h", "u:p@h"),
    ])
  func credentials(_ url: String, _ shown: String) {
    #expect(HTTPProbe.withoutCredentials(url) == shown)
  }

  @Test("says the same when the target does")
  func stable() throws {
    let server = try serve { _ in HTTPResponse(status: 503, text: "no") }
    let probe = Probe.http(HTTPProbe(url: server.url))
    #expect(try read(probe) == read(probe))
  }
}
