internal import CCurl
internal import MusterEventPoll

/// The transfers that are under way, on the one thread that may touch them.
///
/// Unchecked: it is made on one thread and handed to another, which alone uses it from then on.
@safe final class TransferSet: @unchecked Sendable {
  private struct Running {
    let job: TransferQueue.Job
    let transfer: Transfer
    let easy: EasyHandle
  }

  /// The longest time between two looks; whoever wants something wakes it.
  private static let longestWait = Duration.seconds(60)
  /// Handles without work that are kept.
  private static let mostIdle = 256

  let multi: UnsafeMutableRawPointer
  private let queue: TransferQueue
  private let limits: HTTPClient.Limits
  private var running: [UInt64: Running] = [:]
  /// By the address of libcurl's handle.
  private var ids: [UInt: UInt64] = [:]
  private var idle: [EasyHandle] = []
  let poll: EventPoll
  /// When libcurl wants to be called, whatever happens.
  var deadline: ContinuousClock.Instant?

  init(queue: TransferQueue, limits: HTTPClient.Limits) throws(HTTPClientError) {
    // The first handle sets the library up.
    idle = [try EasyHandle()]
    do throws(EventPollError) {
      poll = try EventPoll()
    } catch {
      throw HTTPClientError(.unavailable, error.message)
    }
    guard let multi = unsafe curl_multi_init() else {
      throw HTTPClientError(.unavailable, "the HTTP library could not be set up")
    }
    unsafe self.multi = multi
    self.queue = queue
    self.limits = limits
    try listen()
    queue.attach(poll.waker)
  }

  deinit {
    queue.attach(nil)
    // Connections are closed now, of which nobody is to be told any more.
    _ = unsafe muster_curl_multi_watch(multi, nil, nil, nil)
    unsafe curl_multi_cleanup(multi)
  }

  /// Carries out transfers until the queue is closed.
  func run() {
    while true {
      let work = queue.take()
      for job in work.jobs { start(job) }
      for id in work.cancelled { end(id, CURLE_ABORTED_BY_CALLBACK, isCancelled: true) }
      if work.isClosed { break }
      if let deadline, deadline <= .now {
        self.deadline = nil
        act(on: CURL_SOCKET_TIMEOUT, 0)
      }
      finishAll()
      for event in poll.wait(until: min(deadline ?? .now + Self.longestWait, .now + Self.longestWait)).ready {
        proceed(event)
      }
      finishAll()
    }
    queue.close()
    for job in queue.take().jobs { start(job) }
    for id in Array(running.keys) { end(id, CURLE_ABORTED_BY_CALLBACK, isCancelled: true) }
  }

  private func start(_ job: TransferQueue.Job) {
    do throws(HTTPClientError) {
      let easy: EasyHandle
      if let used = idle.popLast() { easy = used } else { easy = try EasyHandle() }
      let transfer = Transfer(limits: limits)
      try easy.prepare(job.request, into: transfer)
      guard unsafe curl_multi_add_handle(multi, easy.easy) == CURLM_OK else {
        throw HTTPClientError(.unavailable, "the HTTP library could not begin the request")
      }
      running[job.id] = Running(job: job, transfer: transfer, easy: easy)
      unsafe ids[UInt(bitPattern: easy.easy)] = job.id
    } catch {
      job.finish(.failure(error))
    }
  }

  private func finishAll() {
    var result = CURLE_OK
    while let easy = unsafe muster_curl_next_finished(multi, &result) {
      guard let id = ids[UInt(bitPattern: easy)] else { continue }
      end(id, result, isCancelled: false)
    }
  }

  /// Ends a transfer; one that has ended before is passed over.
  private func end(_ id: UInt64, _ result: CURLcode, isCancelled: Bool) {
    guard let ended = running.removeValue(forKey: id) else { return }
    unsafe ids[UInt(bitPattern: ended.easy.easy)] = nil
    unsafe curl_multi_remove_handle(multi, ended.easy.easy)
    ended.job.finish(ended.easy.outcome(result, of: ended.job.request, ended.transfer, isCancelled: isCancelled))
    if idle.count < Self.mostIdle { idle.append(ended.easy) }
  }
}
