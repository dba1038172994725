internal import Muster
internal import MusterHTTPServer
internal import MusterThreading

/// Answers with its id after a while, registered for as long as it runs.
struct FaultyService {
  private struct Fault: Sendable {
    var status = 200
    var delay: Duration
  }

  /// Answers that are due, to be given by tasks: none of the server's threads waits.
  private struct Due: Sendable {
    let exchange: HTTPExchange
    let status: Int
    let delay: Duration
  }

  private struct Answers: HTTPHandler {
    let fault: Locked<Fault>
    let due: AsyncStream<Due>.Continuation

    func handle(_ request: HTTPRequest) -> HTTPReply {
      guard request.path == "/fault" else {
        let now = fault.withLock { $0 }
        return .later { exchange in
          due.yield(Due(exchange: exchange, status: now.status, delay: now.delay))
        }
      }
      for (name, value) in request.query {
        guard let number = Int(value), 0...60_000 ~= number else { return bad("\(name)=\(value)") }
        switch name {
        case "status" where 200...599 ~= number: fault.withLock { $0.status = number }
        case "delay": fault.withLock { $0.delay = .milliseconds(number) }
        default: return bad("\(name)=\(value)")
        }
      }
      return .now(HTTPResponse(status: 200, text: "so be it"))
    }

    private func bad(_ what: String) -> HTTPReply {
      .now(HTTPResponse(status: 400, text: "\(what): it must be a status from 200 to 599 or a delay up to 60000"))
    }
  }

  private let registration: Registration
  private let server: HTTPServer
  private let id: String
  private let dues: AsyncStream<Due>

  init(name: String, port: UInt16, id: String, delay: Duration) throws {
    self.id = id
    registration = Registration(
      service: name, port: port, host: "127.0.0.1", id: id, checks: [HealthCheck(.ttl(.seconds(2)))])
    let (dues, continuation) = AsyncStream.makeStream(of: Due.self)
    self.dues = dues
    server = try HTTPServer(
      configuration: HTTPServerConfiguration(port: port, threads: 1),
      handler: Answers(fault: Locked(Fault(delay: delay)), due: continuation), log: { _ in })
  }

  func run() async throws {
    try await withRegistration(registration, with: ConsulDiscovery()) {
      await withDiscardingTaskGroup { group in
        for await due in dues {
          group.addTask {
            try? await Task.sleep(for: due.delay)
            due.exchange.answer(HTTPResponse(status: due.status, text: id))
          }
        }
      }
    }
    server.stop()
  }
}
