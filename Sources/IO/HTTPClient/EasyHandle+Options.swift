internal import CCurl

extension EasyHandle {
  /// Sets all that does not point into memory of ours: libcurl copies it.
  func set(_ request: HTTPClientRequest) throws(HTTPClientError) {
    try set(CURLOPT_URL, request.url)
    try set(CURLOPT_PATH_AS_IS, 1)
    try set(CURLOPT_PROTOCOLS_STR, "http,https")
    try set(CURLOPT_PROXY, "")
    try set(CURLOPT_USERAGENT, "muster")
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_TIMEOUT_MS, milliseconds(request.timeout))
    try set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request.connectTimeout))
    switch request.method {
    case "GET" where request.body.isEmpty: try set(CURLOPT_HTTPGET, 1)
    case "HEAD": try set(CURLOPT_NOBODY, 1)
    default:
      try set(body: request.body)
      try set(CURLOPT_CUSTOMREQUEST, request.method)
    }
  }

  /// Sets the headers; the list must outlive the transfer.
  func set(headers: UnsafeMutablePointer<curl_slist>?) throws(HTTPClientError) {
    try check(unsafe muster_curl_set_pointer(easy, CURLOPT_HTTPHEADER, headers), CURLOPT_HTTPHEADER)
  }

  /// Hands what arrives to `transfer`, which must outlive the libcurl transfer.
  func receive(into transfer: Transfer) throws(HTTPClientError) {
    let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
    try check(unsafe muster_curl_set_callback(easy, CURLOPT_HEADERFUNCTION, receiveHeader), CURLOPT_HEADERFUNCTION)
    try check(unsafe muster_curl_set_pointer(easy, CURLOPT_HEADERDATA, context), CURLOPT_HEADERDATA)
    try check(unsafe muster_curl_set_callback(easy, CURLOPT_WRITEFUNCTION, receiveBody), CURLOPT_WRITEFUNCTION)
    try check(unsafe muster_curl_set_pointer(easy, CURLOPT_WRITEDATA, context), CURLOPT_WRITEDATA)
  }

  /// Has libcurl, which repeats what it lost on a kept connection whatever the method, send the request once.
  func sendOnce() throws(HTTPClientError) {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    try check(unsafe muster_curl_set_request_callback(easy, requestBegins, context), CURLOPT_PREREQFUNCTION)
  }

  private func set(body: [UInt8]) throws(HTTPClientError) {
    let size = CURLOPT_POSTFIELDSIZE_LARGE
    try check(unsafe muster_curl_set_size(easy, size, curl_off_t(body.count)), size)
    let result = unsafe body.withUnsafeBytes { bytes in
      // An empty buffer may have no address, which libcurl would take for "no body set".
      guard let start = bytes.baseAddress else {
        return unsafe muster_curl_set_string(easy, CURLOPT_COPYPOSTFIELDS, "")
      }
      return unsafe muster_curl_set_pointer(
        easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: start))
    }
    try check(result, CURLOPT_COPYPOSTFIELDS)
  }

  private func set(_ option: CURLoption, _ value: String) throws(HTTPClientError) {
    try check(unsafe muster_curl_set_string(easy, option, value), option)
  }

  private func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
    try check(unsafe muster_curl_set_number(easy, option, value), option)
  }

  private func check(_ result: CURLcode, _ option: CURLoption) throws(HTTPClientError) {
    guard result == CURLE_OK else {
      let reason = unsafe String(cString: curl_easy_strerror(result))
      throw HTTPClientError(.unavailable, "the HTTP library refused option \(option.rawValue): \(reason)")
    }
  }

  /// libcurl takes 0 for "no limit", and no more than fits 32 bits.
  private func milliseconds(_ duration: Duration) -> Int {
    let longest = Duration.milliseconds(Int(Int32.max))
    let limited = min(max(duration, .milliseconds(1)), longest)
    return Int(limited.components.seconds) * 1000 + Int(limited.components.attoseconds / 1_000_000_000_000_000)
  }
}

private func requestBegins(
  context: UnsafeMutableRawPointer?, serverAddress: UnsafeMutablePointer<CChar>?,
  ownAddress: UnsafeMutablePointer<CChar>?, serverPort: Int32, ownPort: Int32
) -> Int32 {
  guard let context = unsafe context else { return CURL_PREREQFUNC_ABORT }
  let mayBegin = unsafe Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue().mayBegin()
  return mayBegin ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

private func receiveHeader(
  bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
  unsafe receive(bytes, size * count, context) { unsafe $0.receive(headerLine: $1) }
}

private func receiveBody(
  bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
  unsafe receive(bytes, size * count, context) { unsafe $0.receive(body: $1) }
}

/// Any other count than the one given makes libcurl end the transfer.
private func receive(
  _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
  by take: (Transfer, UnsafeRawBufferPointer) -> Bool
) -> Int {
  guard count > 0 else { return 0 }
  guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
  let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return unsafe take(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
}
