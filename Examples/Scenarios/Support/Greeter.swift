internal import MusterHTTPServer
internal import MusterThreading

/// A small HTTP service that says its name, and can be made to fail.
package final class Greeter: Sendable {
  /// How it does.
  package enum Mood: Sendable {
    /// It answers 200 with its name.
    case well
    /// It answers 500.
    case failing
    /// It never answers.
    case hanging
  }

  private struct State {
    var mood = Mood.well
    var calls = 0
    /// Exchanges that are not answered, so that the connections stay open.
    var unanswered: [HTTPExchange] = []
  }

  private final class Answers: HTTPHandler {
    let name: String
    let state = Locked(State())

    init(name: String) { self.name = name }

    func handle(_ request: HTTPRequest) -> HTTPReply {
      let mood = state.withLock { state in
        if request.path != "/health" { state.calls += 1 }
        return state.mood
      }
      switch mood {
      case .well: return .now(HTTPResponse(status: 200, body: Array(body(for: request).utf8)))
      case .failing: return .now(HTTPResponse(status: 500, text: "\(name) is not well"))
      case .hanging: return .later { [state] exchange in state.withLock { $0.unanswered.append(exchange) } }
      }
    }

    private func body(for request: HTTPRequest) -> String {
      request.body.isEmpty ? name : "\(name) got \(String(decoding: request.body, as: UTF8.self))"
    }
  }

  /// What it says.
  package let name: String
  /// Where it listens, on this machine.
  package let port: UInt16
  private let answers: Answers
  private let server: HTTPServer

  /// Starts it on a free port.
  package init(_ name: String) throws {
    self.name = name
    answers = Answers(name: name)
    server = try HTTPServer(configuration: HTTPServerConfiguration(), handler: answers, log: { _ in })
    port = server.address.port
  }

  /// Changes how it does.
  package func turn(_ mood: Mood) { answers.state.withLock { $0.mood = mood } }

  /// How often it was called, but for its health.
  package var calls: Int { answers.state.withLock { $0.calls } }

  /// Ends it as a crash would: nobody listens any more.
  package func stop() { server.stop() }
}
