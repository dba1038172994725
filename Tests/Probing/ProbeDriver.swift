import MusterHTTPServer
import MusterThreading
import Testing

@testable import MusterProbing

/// What one probe finds.
func run(
  _ probe: Probe, timeout: Duration = .seconds(20), settings: ProbeSettings = ProbeSettings()
) throws -> ProbeResult {
  let loop = try ProbeLoop(settings: settings)
  loop.start(probe, id: 1, timeout: timeout)
  let finished = loop.wait(until: .now + .seconds(40))
  try #require(finished.map(\.id) == [1])
  #expect(loop.count == 0)
  return finished[0].result
}

/// What one probe finds that can be carried out.
func read(
  _ probe: Probe, timeout: Duration = .seconds(20), settings: ProbeSettings = ProbeSettings()
) throws -> ProbeReading {
  let result = try run(probe, timeout: timeout, settings: settings)
  guard case .reading(let reading) = result else { throw NotRun(result: result) }
  return reading
}

struct NotRun: Error {
  let result: ProbeResult
}

/// A well-behaved HTTP server.
func serve(_ answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse) throws -> HTTPServer {
  struct Handler: HTTPHandler {
    let answer: @Sendable (HTTPRequest) -> HTTPResponse
    func handle(_ request: HTTPRequest) -> HTTPReply { .now(answer(request)) }
  }
  return try HTTPServer(configuration: HTTPServerConfiguration(), handler: Handler(answer: answer), log: { _ in })
}

extension HTTPServer {
  var url: String { "http://127.0.0.1:\(address.port)" }
}
