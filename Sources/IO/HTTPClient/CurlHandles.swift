internal import CCurl

/// libcurl's handles: one transfer, and the multi handle that drives it and keeps the connections.
///
/// The multi handle is there because it can be polled in steps: a cancellation is seen within one of them.
@safe final class CurlHandles {
  /// How long a cancellation may go unseen, in milliseconds.
  private static let step: Int32 = 100

  private let easy: EasyHandle
  private let multi: UnsafeMutableRawPointer

  init() throws(HTTPClientError) {
    easy = try EasyHandle()
    guard let multi = unsafe curl_multi_init() else {
      throw HTTPClientError(.unavailable, "the HTTP library could not be set up")
    }
    unsafe self.multi = multi
  }

  deinit { unsafe curl_multi_cleanup(multi) }

  /// Carries out a request.
  func perform(
    _ request: HTTPClientRequest, into transfer: Transfer, cancellation: HTTPCancellation?
  ) throws(HTTPClientError) -> HTTPClientResponse {
    try easy.prepare(request, into: transfer)
    let result = withExtendedLifetime(transfer) { drive(until: cancellation) }
    return try easy.outcome(result, of: request, transfer, isCancelled: cancellation?.isCancelled ?? false).get()
  }

  /// Runs the transfer to its end, or until it is cancelled.
  ///
  /// Out of memory, once it runs, is what libcurl says of a header that is too long, so it is not said for anything else.
  private func drive(until cancellation: HTTPCancellation?) -> CURLcode {
    guard unsafe curl_multi_add_handle(multi, easy.easy) == CURLM_OK else { return CURLE_OUT_OF_MEMORY }
    defer { unsafe curl_multi_remove_handle(multi, easy.easy) }
    var running: Int32 = 0
    while true {
      if let cancellation, cancellation.isCancelled { return CURLE_ABORTED_BY_CALLBACK }
      guard unsafe curl_multi_perform(multi, &running) == CURLM_OK else { return CURLE_FAILED_INIT }
      if running == 0 { return unsafe muster_curl_finished(multi) }
      guard unsafe curl_multi_poll(multi, nil, 0, Self.step, nil) == CURLM_OK else { return CURLE_FAILED_INIT }
    }
  }
}
