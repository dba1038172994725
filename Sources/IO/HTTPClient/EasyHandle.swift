internal import CCurl
internal import Glibc

/// libcurl's handle of one transfer, which can be used for one after another.
@safe final class EasyHandle {
  /// libcurl asks for this once in a process, before anything else.
  private static let setup: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  let easy: UnsafeMutableRawPointer
  private var lines: UnsafeMutablePointer<curl_slist>?

  init() throws(HTTPClientError) {
    guard Self.setup == CURLE_OK, let easy = unsafe curl_easy_init() else {
      throw HTTPClientError(.unavailable, "the HTTP library could not be set up")
    }
    unsafe self.easy = easy
  }

  deinit {
    unsafe curl_easy_cleanup(easy)
    unsafe curl_slist_free_all(lines)
  }

  /// Makes ready for a request whose answer goes to `transfer`, which must outlive it.
  func prepare(_ request: HTTPClientRequest, into transfer: Transfer) throws(HTTPClientError) {
    unsafe curl_easy_reset(easy)
    unsafe curl_slist_free_all(lines)
    unsafe lines = nil
    for line in request.headerLines {
      guard let longer = unsafe curl_slist_append(lines, line) else {
        throw HTTPClientError(.unavailable, "no memory for the request's headers")
      }
      unsafe lines = longer
    }
    try set(request)
    try unsafe set(headers: lines)
    try receive(into: transfer)
  }

  /// What came of a transfer that ended with this result.
  func outcome(
    _ result: CURLcode, of request: HTTPClientRequest, _ transfer: Transfer, isCancelled: Bool
  ) -> Result<HTTPClientResponse, HTTPClientError> {
    guard result == CURLE_OK else {
      return .failure(transfer.failure ?? failure(result, of: request, isCancelled: isCancelled))
    }
    let status = number(CURLINFO_RESPONSE_CODE)
    return .success(HTTPClientResponse(status: status, headers: transfer.headers, body: transfer.body))
  }

  private func number(_ info: CURLINFO) -> Int {
    var value = 0
    return unsafe muster_curl_get_number(easy, info, &value) == CURLE_OK ? value : 0
  }

  private func failure(_ result: CURLcode, of request: HTTPClientRequest, isCancelled: Bool) -> HTTPClientError {
    var error = HTTPClientError(.cancelled, "the request was cancelled")
    if !isCancelled {
      let systemError = Int32(truncatingIfNeeded: number(CURLINFO_OS_ERRNO))
      let reason =
        systemError == 0
        ? unsafe String(cString: curl_easy_strerror(result)) : unsafe String(cString: strerror(systemError))
      error = HTTPClientError(result: result, reason: reason, request: request)
    }
    error.wasSent = number(CURLINFO_REQUEST_SIZE) > 0
    return error
  }
}
