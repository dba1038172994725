internal import MusterHTTPClient
internal import MusterThreading

/// What is sent.
struct ThreadRequest: Sendable {
  struct Header: Sendable {
    let name: String
    let value: String
  }

  let method: String
  let url: String
  let headers: [Header]
  let body: [UInt8]
  let timeout: Duration
}

/// A thread with a client of its own, which carries out one request after another.
final class RequestThread: Sendable {
  struct Job: Sendable {
    let request: ThreadRequest
    let cancellation: HTTPCancellation
    let continuation: CheckedContinuation<Result<HTTPClientResponse, any Error>, Never>
  }

  private let jobs: Mailbox<Job?>

  init(bodyBytes: Int) throws {
    let jobs = Mailbox<Job?>(capacity: 1)
    self.jobs = jobs
    // The thread ends when it is told to; nobody needs to wait for that.
    _ = try WorkerThread(name: "registry") { Self.run(jobs, bodyBytes) }
  }

  /// Carries out one more request; not before the one before has been answered.
  func perform(_ job: Job) { jobs.push(job) }

  /// Ends the thread.
  func end() { jobs.push(nil) }

  private static func run(_ jobs: Mailbox<Job?>, _ bodyBytes: Int) {
    var limits = HTTPClient.Limits()
    limits.bodyBytes = bodyBytes
    let client = Result { try HTTPClient(limits: limits) }
    while let job = jobs.takeAll(upTo: 1, until: nil).first ?? nil {
      let result = Result {
        let request = job.request
        return try client.get().request(
          request.method, request.url, headers: request.headers.map { ($0.name, $0.value) }, body: request.body,
          timeout: request.timeout, connectTimeout: min(request.timeout, .seconds(2)), cancellation: job.cancellation)
      }
      job.continuation.resume(returning: result)
    }
  }
}
