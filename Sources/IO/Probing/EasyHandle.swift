internal import CCurl
internal import MusterTiming

/// One transfer of libcurl, with all that must live as long as it does.
@safe final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  let buffer: TransferBuffer
  private var lines: UnsafeMutablePointer<curl_slist>?

  init(_ buffer: TransferBuffer) throws(ProbeSetupError) {
    guard let pointer = unsafe curl_easy_init() else { throw ProbeSetupError("no memory for the connection") }
    unsafe self.pointer = pointer
    self.buffer = buffer
  }

  deinit {
    unsafe curl_easy_cleanup(pointer)
    unsafe curl_slist_free_all(lines)
  }

  /// Sets what all kinds have in common.
  func configure(timeout: Duration) throws(ProbeSetupError) {
    let milliseconds = Int(min(max(timeout.millisecondsClamped, 1), 86_400_000))
    try set(CURLOPT_NOSIGNAL, 1)
    // Ends a look-up of a name without waiting for the resolver.
    try set(CURLOPT_QUICK_EXIT, 1)
    try set(CURLOPT_PROXY, "")
    try set(CURLOPT_USERAGENT, "muster-check")
    try set(CURLOPT_TIMEOUT_MS, milliseconds)
    try set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
    // A connection of its own each time: whether one can be made is part of the question.
    try set(CURLOPT_FRESH_CONNECT, 1)
    try set(CURLOPT_FORBID_REUSE, 1)
    try set(CURLOPT_DNS_CACHE_TIMEOUT, 10)
    try set(CURLOPT_BUFFERSIZE, 4_096)
    let context = unsafe Unmanaged.passUnretained(buffer).toOpaque()
    try check(unsafe muster_curl_set_callback(pointer, CURLOPT_HEADERFUNCTION, receiveProbeHeader))
    try check(unsafe muster_curl_set_pointer(pointer, CURLOPT_HEADERDATA, context))
    try check(unsafe muster_curl_set_callback(pointer, CURLOPT_WRITEFUNCTION, receiveProbeBody))
    try check(unsafe muster_curl_set_pointer(pointer, CURLOPT_WRITEDATA, context))
    try check(unsafe muster_curl_set_open_callback(pointer, openProbeSocket, context))
  }

  func set(_ option: CURLoption, _ value: String) throws(ProbeSetupError) {
    try check(unsafe muster_curl_set_string(pointer, option, value))
  }

  func set(_ option: CURLoption, _ value: Int) throws(ProbeSetupError) {
    try check(unsafe muster_curl_set_number(pointer, option, value))
  }

  func set(verification isOn: Bool) throws(ProbeSetupError) {
    guard !isOn else { return }
    try set(CURLOPT_SSL_VERIFYPEER, 0)
    try set(CURLOPT_SSL_VERIFYHOST, 0)
  }

  func set(headers: [String]) throws(ProbeSetupError) {
    for line in headers {
      guard !line.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
        throw ProbeSetupError("a header field has a control character in it")
      }
      guard let longer = unsafe curl_slist_append(lines, line) else {
        throw ProbeSetupError("no memory for the request's headers")
      }
      unsafe lines = longer
    }
    try check(unsafe muster_curl_set_pointer(pointer, CURLOPT_HTTPHEADER, lines))
  }

  /// Makes it a POST with this body, which libcurl copies.
  func set(body: [UInt8]) throws(ProbeSetupError) {
    try check(unsafe muster_curl_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
    let result = unsafe body.withUnsafeBytes { bytes in
      unsafe muster_curl_set_pointer(
        pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }
    try check(result)
  }

  /// What came of the transfer.
  func answer(_ result: CURLcode, timeout: Duration) -> TransferAnswer {
    var answer = buffer.answer
    answer.result = result
    answer.timeout = timeout
    answer.status = number(CURLINFO_RESPONSE_CODE)
    if answer.systemError == 0 { answer.systemError = Int32(truncatingIfNeeded: number(CURLINFO_OS_ERRNO)) }
    return answer
  }

  private func number(_ info: CURLINFO) -> Int {
    var value = 0
    return unsafe muster_curl_get_number(pointer, info, &value) == CURLE_OK ? value : 0
  }

  private func check(_ result: CURLcode) throws(ProbeSetupError) {
    guard result == CURLE_OK else {
      throw ProbeSetupError("the HTTP library refused it: \(unsafe String(cString: curl_easy_strerror(result)))")
    }
  }
}
