/// What has arrived of one answer, as libcurl's callbacks hand it over.
final class Transfer {
  private let limits: HTTPClient.Limits
  private(set) var headers = HTTPClientHeaders()
  private(set) var body: [UInt8] = []
  private(set) var failure: HTTPClientError?
  private var headerBytes = 0

  init(limits: HTTPClient.Limits) {
    self.limits = limits
  }

  /// Takes one line of the head, with its line end; false ends the transfer.
  func receive(headerLine bytes: UnsafeRawBufferPointer) -> Bool {
    let line = unsafe String(decoding: bytes, as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      // An interim answer (100 Continue) was followed by another one: only the last counts.
      headers = HTTPClientHeaders()
      headerBytes = 0
      return true
    }
    headerBytes += bytes.count
    guard headers.fields.count < limits.headerCount, headerBytes <= limits.headerBytes else {
      return refuse(headersTooLarge)
    }
    guard let colon = line.firstIndex(of: ":") else { return true }
    headers.append(name: trimmed(line[..<colon]), value: trimmed(line[line.index(after: colon)...]))
    return true
  }

  /// Takes a piece of the body; false ends the transfer.
  func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= limits.bodyBytes - body.count else {
      return refuse(HTTPClientError(.responseTooLarge, "the answer's body is over \(limits.bodyBytes) bytes"))
    }
    unsafe body.append(contentsOf: bytes)
    return true
  }

  /// What is said of an answer whose headers are over a limit, of ours or of libcurl.
  var headersTooLarge: HTTPClientError {
    HTTPClientError(
      .responseTooLarge,
      "the answer's headers are over \(limits.headerCount) lines or \(limits.headerBytes) bytes, "
        + "or one of them is over \(HTTPClient.Limits.longestHeader) bytes")
  }

  private func refuse(_ error: HTTPClientError) -> Bool {
    failure = error
    return false
  }

  private func trimmed(_ text: Substring) -> String {
    var text = text
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
