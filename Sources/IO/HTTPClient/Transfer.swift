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
      return refuse("the answer's headers are over \(limits.headerCount) lines or \(limits.headerBytes) bytes")
    }
    guard let colon = line.firstIndex(of: ":") else { return true }
    headers.append(name: trimmed(line[..<colon]), value: trimmed(line[line.index(after: colon)...]))
    return true
  }

  /// Takes a piece of the body; false ends the transfer.
  func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= limits.bodyBytes - body.count else {
      return refuse("the answer's body is over \(limits.bodyBytes) bytes")
    }
    unsafe body.append(contentsOf: bytes)
    return true
  }

  private func refuse(_ message: String) -> Bool {
    failure = HTTPClientError(.responseTooLarge, message)
    return false
  }

  private func trimmed(_ text: Substring) -> String {
    var text = text
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
