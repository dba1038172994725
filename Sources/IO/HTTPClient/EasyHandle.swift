internal import CCurl
internal import Glibc

/// libcurl's handle of one transfer, which can be used for one after another.
@safe final class EasyHandle {
  /// libcurl asks for this once in a process, before anything else.
  private static let setup: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  let easy: UnsafeMutableRawPointer
  private var lines: UnsafeMutablePointer<curl_slist>?
  /// Whether libcurl wanted to send the request again.
  private var wasRepeated = false

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
    wasRepeated = false
    for line in request.headerLines {
      guard let longer = unsafe curl_slist_append(lines, line) else {
        throw HTTPClientError(.unavailable, "no memory for the request's headers")
      }
      unsafe lines = longer
    }
    try set(request)
    try unsafe set(headers: lines)
    try receive(into: transfer)
    try sendOnce()
  }

  /// Whether the request may go out now: it may until a part of it has.
  func mayBegin() -> Bool {
    wasRepeated = wasSent
    return !wasRepeated
  }

  /// What came of a transfer that ended with this result.
  func outcome(
    _ result: CURLcode, of request: HTTPClientRequest, _ transfer: Transfer, isCancelled: Bool
  ) -> Result<HTTPClientResponse, HTTPClientError> {
    guard result == CURLE_OK else {
      var error = transfer.failure ?? failure(result, of: request, transfer, isCancelled: isCancelled)
      error.wasSent = wasSent
      return .failure(error)
    }
    let status = number(CURLINFO_RESPONSE_CODE)
    return .success(HTTPClientResponse(status: status, headers: transfer.headers, body: transfer.body))
  }

  /// Whether anything of the request has gone out.
  private var wasSent: Bool { number(CURLINFO_REQUEST_SIZE) > 0 }

  private func number(_ info: CURLINFO) -> Int {
    var value = 0
    return unsafe muster_curl_get_number(easy, info, &value) == CURLE_OK ? value : 0
  }

  private func failure(
    _ result: CURLcode, of request: HTTPClientRequest, _ transfer: Transfer, isCancelled: Bool
  ) -> HTTPClientError {
    if isCancelled { return HTTPClientError(.cancelled, "the request was cancelled") }
    // With an answer under way, libcurl's own limit for a line of it is what there is no memory for.
    if wasSent, Self.tooLarge.contains(result) { return transfer.headersTooLarge }
    if wasRepeated || wasSent && Self.connecting.contains(result) {
      return HTTPClientError(connectionLost: "nothing came on a connection that was kept", request: request)
    }
    let systemError = Int32(truncatingIfNeeded: number(CURLINFO_OS_ERRNO))
    let reason =
      systemError == 0
      ? unsafe String(cString: curl_easy_strerror(result)) : unsafe String(cString: strerror(systemError))
    return HTTPClientError(result: result, reason: reason, request: request)
  }

  /// How libcurl says that it has no room: since 8.6 by CURLE_TOO_LARGE, which headers of older ones do not have.
  private static let tooLarge = [CURLE_OUT_OF_MEMORY, CURLcode(rawValue: 100)]

  /// What a connection can fail with before a request; after one, it was to be the connection for a second request.
  private static let connecting = [
    CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION,
  ]
}
