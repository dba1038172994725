internal import Muster
internal import MusterHTTPServer
internal import MusterThreading

/// A web server that answers with its name, or as it is told.
final class Web: Sendable {
  enum Behaviour: Sendable {
    case answer(Int)
    /// Answers with this.
    case send(HTTPResponse)
    /// Answers with the request's body.
    case echo
    /// Takes requests and never answers.
    case hang
    /// Takes requests and closes their connections.
    case hangUp
  }

  private struct State: Sendable {
    var behaviour = Behaviour.answer(200)
    var requests: [String] = []
    var contentTypes: [String?] = []
  }

  private struct Handler: HTTPHandler {
    let name: String
    let state: Locked<State>

    func handle(_ request: HTTPRequest) -> HTTPReply {
      let behaviour = state.withLock { state in
        state.requests.append("\(request.method) \(request.target)")
        state.contentTypes.append(request.header("content-type"))
        return state.behaviour
      }
      switch behaviour {
      case .answer(let status): return .now(HTTPResponse(status: status, body: Array(name.utf8)))
      case .echo: return .now(HTTPResponse(status: 200, body: request.body))
      case .send(let response): return .now(response)
      case .hang: return .later { exchange in exchange.onHangUp {} }
      case .hangUp: return .later { exchange in exchange.hangUp() }
      }
    }
  }

  let instance: Instance
  private let state = Locked(State())
  private let server: HTTPServer

  init(_ name: String) throws {
    let handler = Handler(name: name, state: state)
    server = try HTTPServer(
      configuration: HTTPServerConfiguration(threads: 1), handler: handler, log: { _ in })
    instance = Instance(
      id: name, service: "web", endpoint: Endpoint(host: "127.0.0.1", port: server.address.port))
  }

  var requests: [String] { state.withLock { $0.requests } }

  var contentTypes: [String?] { state.withLock { $0.contentTypes } }

  func behave(_ behaviour: Behaviour) { state.withLock { $0.behaviour = behaviour } }

  func stop() { server.stop() }
}
