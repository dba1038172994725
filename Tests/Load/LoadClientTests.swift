internal import MusterHTTPServer
internal import MusterLoad
internal import Testing

/// Answers with as many bytes as the path says, and with the status 500 for /broken.
private struct Sized: HTTPHandler {
  func handle(_ request: HTTPRequest) -> HTTPReply {
    let digits = request.path.drop { $0 == "/" }
    guard let count = Int(digits) else { return .now(HTTPResponse(status: 500, headers: [], body: [])) }
    return .now(HTTPResponse(status: 200, headers: [], body: [UInt8](repeating: 0x78, count: count)))
  }
}

@Suite("A load client")
struct LoadClientTests {
  private let server: HTTPServer

  init() throws {
    server = try HTTPServer(configuration: .init(), handler: Sized()) { _ in }
  }

  @Test("counts answers and the bytes of their bodies", arguments: [0, 1, 11_600, 1_000_000])
  func bodies(size: Int) throws {
    var client = try LoadClient(port: server.address.port, connections: 3)
    let request = RequestTemplate("GET", "/\(size)").bytes(0)
    let result = try client.run(.requests(20)) { _ in request }
    #expect(result.answers == 20)
    #expect(result.bodyBytes == 20 * size)
    #expect(result.latency.count == 20)
    #expect(result.rate > 0)
    #expect(client.outstanding == 0)
  }

  @Test("gives each request its number")
  func numbers() throws {
    var client = try LoadClient(port: server.address.port, connections: 2)
    let template = RequestTemplate("GET", "/\(RequestTemplate.number)")
    let result = try client.run(.requests(100)) { template.bytes($0) }
    #expect(result.bodyBytes == 4_950)
  }

  @Test("stops when its time is over, with nothing outstanding")
  func time() throws {
    var client = try LoadClient(port: server.address.port, connections: 2)
    let request = RequestTemplate("GET", "/5").bytes(0)
    let result = try client.run(.after(seconds: 0.05)) { _ in request }
    #expect(result.nanoseconds <= 50_000_000)
    #expect(result.answers > 0)
    #expect(client.outstanding == 0)
  }

  @Test("refuses an answer that is not 2xx")
  func refusal() throws {
    var client = try LoadClient(port: server.address.port, connections: 1)
    do throws(LoadError) {
      _ = try client.run(.requests(1)) { _ in RequestTemplate("GET", "/broken").bytes(0) }
      Issue.record("an answer of the status 500 was taken")
    } catch {
      #expect(error.code == .badAnswer)
      #expect(error.message.contains("500"))
    }
  }

  @Test("says so when nothing listens")
  func refused() throws {
    let port = try FreePort.next()
    do throws(LoadError) {
      _ = try LoadClient(port: port, connections: 1)
      Issue.record("a connection to a port that nothing listens on was made")
    } catch {
      #expect(error.code == .connectionLost)
      #expect(error.message.contains("\(port)"))
    }
  }
}
