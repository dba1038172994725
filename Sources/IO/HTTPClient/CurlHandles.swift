internal import CCurl
internal import Glibc

/// libcurl's handles: one transfer, and the multi handle that drives it and keeps the connections.
///
/// The multi handle is there because it can be polled in steps: a cancellation is seen within one of them.
@safe final class CurlHandles {
  /// How long a cancellation may go unseen, in milliseconds.
  private static let step: Int32 = 100

  /// libcurl asks for this once in a process, before anything else.
  private static let setup: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  let easy: UnsafeMutableRawPointer
  private let multi: UnsafeMutableRawPointer

  init() throws(HTTPClientError) {
    guard Self.setup == CURLE_OK, let easy = unsafe curl_easy_init() else {
      throw HTTPClientError(.unavailable, "the HTTP library could not be set up")
    }
    guard let multi = unsafe curl_multi_init() else {
      unsafe curl_easy_cleanup(easy)
      throw HTTPClientError(.unavailable, "the HTTP library could not be set up")
    }
    unsafe self.easy = easy
    unsafe self.multi = multi
  }

  deinit {
    unsafe curl_easy_cleanup(easy)
    unsafe curl_multi_cleanup(multi)
  }

  /// Carries out a request, fills `transfer` and returns the status.
  func perform(
    _ request: HTTPClientRequest, into transfer: Transfer, cancellation: HTTPCancellation?
  ) throws(HTTPClientError) -> Int {
    unsafe curl_easy_reset(easy)
    var lines: UnsafeMutablePointer<curl_slist>?
    defer { unsafe curl_slist_free_all(lines) }
    for line in request.headerLines {
      guard let longer = unsafe curl_slist_append(lines, line) else {
        throw HTTPClientError(.unavailable, "no memory for the request's headers")
      }
      unsafe lines = longer
    }
    try set(request)
    try unsafe set(headers: lines)
    try receive(into: transfer)
    let result = withExtendedLifetime(transfer) { drive(until: cancellation) }
    guard result == CURLE_OK else {
      throw transfer.failure ?? failure(result, of: request, cancelled: cancellation?.isCancelled ?? false)
    }
    return number(CURLINFO_RESPONSE_CODE)
  }

  /// Runs the transfer to its end, or until it is cancelled.
  private func drive(until cancellation: HTTPCancellation?) -> CURLcode {
    guard unsafe curl_multi_add_handle(multi, easy) == CURLM_OK else { return CURLE_OUT_OF_MEMORY }
    defer { unsafe curl_multi_remove_handle(multi, easy) }
    var running: Int32 = 0
    while true {
      if let cancellation, cancellation.isCancelled { return CURLE_ABORTED_BY_CALLBACK }
      guard unsafe curl_multi_perform(multi, &running) == CURLM_OK else { return CURLE_OUT_OF_MEMORY }
      if running == 0 { return unsafe muster_curl_finished(multi) }
      guard unsafe curl_multi_poll(multi, nil, 0, Self.step, nil) == CURLM_OK else { return CURLE_OUT_OF_MEMORY }
    }
  }

  private func number(_ info: CURLINFO) -> Int {
    var value = 0
    return unsafe muster_curl_get_number(easy, info, &value) == CURLE_OK ? value : 0
  }

  private func failure(_ result: CURLcode, of request: HTTPClientRequest, cancelled: Bool) -> HTTPClientError {
    if cancelled { return HTTPClientError(.cancelled, "the request was cancelled") }
    let systemError = Int32(truncatingIfNeeded: number(CURLINFO_OS_ERRNO))
    let reason =
      systemError == 0
      ? unsafe String(cString: curl_easy_strerror(result)) : unsafe String(cString: strerror(systemError))
    return HTTPClientError(result: result, reason: reason, request: request)
  }
}
