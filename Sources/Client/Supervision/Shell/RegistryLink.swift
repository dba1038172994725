internal import MusterHTTPClient
internal import MusterThreading

/// Carries out the requests of one service, on a thread of its own: a registry that hangs holds up nothing else.
final class RegistryLink: Sendable {
  /// A registry that takes longer is as good as away.
  private static let patience = Duration.seconds(2)
  private static let longestReason = 300

  private let requests = Mailbox<Lease.Request>(capacity: 4)
  private let access: RegistryAccess
  private let service: SupervisedService
  private let report: @Sendable (RegistryReply) -> Void

  /// Prepares; `start` begins.
  init(_ service: SupervisedService, _ access: RegistryAccess, report: @escaping @Sendable (RegistryReply) -> Void) {
    self.service = service
    self.access = access
    self.report = report
  }

  /// Starts the thread, which runs as long as the process.
  func start() throws(ThreadingError) {
    _ = try WorkerThread(name: "registry") { self.work() }
  }

  /// Asks; the reply is reported.
  func ask(_ request: Lease.Request) {
    if !requests.push(request) { report(.away("too many requests are waiting for an answer")) }
  }

  private func work() {
    let client = Result { () throws(HTTPClientError) in try HTTPClient() }
    while let request = requests.takeAll(upTo: 1, until: nil).first {
      report(reply(to: request, client))
    }
  }

  private func reply(to request: Lease.Request, _ client: Result<HTTPClient, HTTPClientError>) -> RegistryReply {
    let (path, body): (String, [UInt8]) =
      switch request {
      case .register: (service.registerPath, service.registration)
      case .heartbeat: (service.heartbeatPath, [])
      case .deregister: (service.deregisterPath, [])
      }
    var headers = access.token.map { [(name: "X-Consul-Token", value: $0)] } ?? []
    if !body.isEmpty { headers.append(("Content-Type", "application/json")) }
    do throws(HTTPClientError) {
      let answer = try client.get().request(
        "PUT", access.url + path, headers: headers, body: body, timeout: Self.patience, connectTimeout: Self.patience)
      return RegistryReply(status: answer.status, text: String(answer.text.prefix(Self.longestReason)))
    } catch {
      return error.code == .invalidRequest ? .refused(error.message) : .away(error.message)
    }
  }
}
