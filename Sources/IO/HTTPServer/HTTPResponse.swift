internal import CMicroHTTPD
internal import MusterThreading

/// An answer that does not change and may be sent over any number of connections, from any thread, at the same time.
///
/// The body is held once, outside of Swift's arrays, and is sent from there without copies.
public final class HTTPResponse: Sendable {
  /// The shortest body that is worth compressing, in bytes.
  public static let leastGzipBytes = 1_024

  /// The status code.
  public let status: Int
  /// The header fields given, without those that the server adds (`Content-Length`, `Date`, `Content-Encoding`).
  public let headers: [(name: String, value: String)]
  /// The length of the body; 0 for a stream.
  public let bodyBytes: Int

  let stream: HTTPStream?
  private let plain: ResponseHandle?
  private let gzip: Locked<GzipVariant>

  private enum GzipVariant {
    case notTried
    case useless
    case made(ResponseHandle)
  }

  /// Makes a response with a body of known bytes.
  ///
  /// A client that takes gzip gets a body of `leastGzipBytes` or more compressed, unless a `Content-Encoding` is given;
  /// that is done once, when first asked for. Such a response says `Vary: Accept-Encoding` by itself.
  ///
  /// - Parameters:
  ///   - status: from 200 to 999.
  ///   - headers: names and values that HTTP can carry: no control characters, no empty ones. With any other the
  ///     response becomes a 500 that names the field.
  ///   - body: the bytes; none for 204 and 304.
  public convenience init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
    self.init(status: status, headers: headers, body: body, stream: nil)
  }

  /// Makes a response whose body is what is sent into `stream`, for one request only.
  ///
  /// - Parameters:
  ///   - status: from 200 to 999.
  ///   - headers: as for a response with known bytes.
  ///   - stream: gives the body; when it is used for a second response, that client gets a 500.
  public convenience init(status: Int, headers: [(String, String)] = [], stream: HTTPStream) {
    self.init(status: status, headers: headers, body: [], stream: stream)
  }

  /// Makes a response that is one sentence of plain text.
  public convenience init(status: Int, text: String) {
    self.init(status: status, headers: [plainText], body: Array(text.utf8) + [UInt8(ascii: "\n")])
  }

  private init(status: Int, headers: [(String, String)], body: [UInt8], stream: HTTPStream?) {
    let content = Content(status: status, headers: headers, body: body, stream: stream).checked()
    self.status = content.status
    self.headers = content.headers.map { (name: $0.0, value: $0.1) }
    bodyBytes = content.body.count
    self.stream = content.stream
    if let stream = content.stream {
      plain = ResponseHandle.make(headers: content.headers, stream: stream)
    } else {
      plain = ResponseHandle.make(headers: content.headers, body: content.body.span)
    }
    gzip = Locked(content.isCompressible ? .notTried : .useless)
  }

  /// A copy of the body; empty for a stream.
  public var body: [UInt8] {
    guard let plain else { return [] }
    return unsafe Array(plain.body)
  }

  deinit {
    plain?.release()
    gzip.withLock { variant in
      if case .made(let handle) = variant { handle.release() }
    }
  }

  /// The library's object for a client; nil if memory ran out.
  func handle(acceptsGzip: Bool) -> ResponseHandle? {
    guard acceptsGzip, bodyBytes >= Self.leastGzipBytes else { return plain }
    return gzip.withLock { variant in
      if case .notTried = variant { variant = compressed() }
      guard case .made(let handle) = variant else { return plain }
      return handle
    }
  }

  private func compressed() -> GzipVariant {
    let fields = headers.map { ($0.name, $0.value) } + [("Content-Encoding", "gzip")]
    guard let bytes = Gzip.compressed(body), let handle = ResponseHandle.make(headers: fields, body: bytes.span) else {
      return .useless
    }
    return .made(handle)
  }
}

private let plainText = ("Content-Type", "text/plain; charset=utf-8")

/// What a response is made of, before it is known to be fit for HTTP.
private struct Content {
  var status: Int
  var headers: [(String, String)]
  var body: [UInt8]
  var stream: HTTPStream?

  var isCompressible: Bool {
    stream == nil && body.count >= HTTPResponse.leastGzipBytes && !has("Content-Encoding")
  }

  /// Itself with what is missing, or a 500 that says what can't be sent.
  func checked() -> Content {
    guard 200...999 ~= status else { return .failure("the status \(status) is not from 200 to 999") }
    if let bad = headers.first(where: { !isValidHeader(name: $0.0, value: $0.1) }) {
      return .failure("the header field '\(bad.0)' can't be sent")
    }
    var content = self
    if isCompressible, !has("Vary") { content.headers.append(("Vary", "Accept-Encoding")) }
    return content
  }

  private func has(_ name: String) -> Bool {
    headers.contains { $0.0.equalsIgnoringCase(name) }
  }

  private static func failure(_ message: String) -> Content {
    let text = "the server made an answer that is not valid: \(message)\n"
    return Content(
      status: 500, headers: [plainText], body: Array(text.utf8.map { $0 < 0x20 && $0 != 0x0A ? 0x3F : $0 }))
  }
}
