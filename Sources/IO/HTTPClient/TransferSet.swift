internal import CCurl

/// The transfers that are under way, on the one thread that may touch them.
///
/// Unchecked: it is made on one thread and handed to another, which alone uses it from then on.
@safe final class TransferSet: @unchecked Sendable {
  private struct Running {
    let job: TransferQueue.Job
    let transfer: Transfer
    let easy: EasyHandle
  }

  /// The longest time between two looks, in milliseconds; whoever wants something wakes it.
  private static let longestPoll: Int32 = 1_000
  /// Handles without work that are kept.
  private static let mostIdle = 256

  private let multi: UnsafeMutableRawPointer
  private let queue: TransferQueue
  private let limits: HTTPClient.Limits
  private var running: [UInt64: Running] = [:]
  /// By the address of libcurl's handle.
  private var ids: [UInt: UInt64] = [:]
  private var idle: [EasyHandle] = []

  init(queue: TransferQueue, limits: HTTPClient.Limits) throws(HTTPClientError) {
    // The first handle sets the library up.
    idle = [try EasyHandle()]
    guard let multi = unsafe curl_multi_init() else {
      throw HTTPClientError(.unavailable, "the HTTP library could not be set up")
    }
    unsafe self.multi = multi
    self.queue = queue
    self.limits = limits
    unsafe queue.attach(MultiAddress(pointer: multi))
  }

  deinit {
    queue.attach(nil)
    unsafe curl_multi_cleanup(multi)
  }

  /// Carries out transfers until the queue is closed.
  func run() {
    while true {
      let work = queue.take()
      for job in work.jobs { start(job) }
      for id in work.cancelled { end(id, CURLE_ABORTED_BY_CALLBACK, isCancelled: true) }
      if work.isClosed { break }
      var count: Int32 = 0
      guard unsafe curl_multi_perform(multi, &count) == CURLM_OK else { break }
      finishAll()
      guard unsafe curl_multi_poll(multi, nil, 0, Self.longestPoll, nil) == CURLM_OK else { break }
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
