internal import MusterHTTPClient
internal import MusterThreading

/// Looks whether the program can serve, on a thread of its own.
final class ReadinessProbe: Sendable {
  private static let patience = Duration.seconds(2)

  private let launches = Mailbox<Int>(capacity: 16)
  private let readiness: Readiness
  private let report: @Sendable (_ launch: Int, _ isReady: Bool) -> Void

  /// Prepares; `start` begins.
  init(_ readiness: Readiness, report: @escaping @Sendable (_ launch: Int, _ isReady: Bool) -> Void) {
    self.readiness = readiness
    self.report = report
  }

  /// Starts the thread, which runs as long as the process.
  func start() throws(ThreadingError) {
    _ = try WorkerThread(name: "readiness") { self.work() }
  }

  /// Asks for a look; the result is reported with the same number.
  func look(launch: Int) {
    if !launches.push(launch) { report(launch, false) }
  }

  private func work() {
    while let launch = launches.takeAll(upTo: 1, until: nil).first {
      report(launch, isReady)
    }
  }

  private var isReady: Bool {
    switch readiness {
    case .accepts(let ports, let hosts):
      return ports.allSatisfy { port in
        hosts.contains { Acceptance.isListening(host: $0, port: port, within: Self.patience) }
      }
    case .answers(let url):
      do throws(HTTPClientError) {
        let status = try HTTPClient().request("GET", url, timeout: Self.patience, connectTimeout: Self.patience).status
        return (200...299).contains(status) || status == 429
      } catch {
        return false
      }
    }
  }
}
