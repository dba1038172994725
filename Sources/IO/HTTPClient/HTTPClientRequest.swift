/// A request as the caller described it.
struct HTTPClientRequest: Sendable {
  var method: String
  var url: String
  var headers: [(name: String, value: String)]
  var body: [UInt8]
  var timeout: Duration
  var connectTimeout: Duration

  /// Refuses what would make another request than the one meant, such as a line end in a header.
  func validate() throws(HTTPClientError) {
    guard Self.isToken(method) else {
      throw HTTPClientError(.invalidRequest, "'\(method)' is not an HTTP method")
    }
    guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
      throw HTTPClientError(.invalidRequest, "'\(url)' is not a URL that starts with http:// or https://")
    }
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw HTTPClientError(.invalidRequest, "the URL '\(url)' has characters that must be percent-encoded")
    }
    for header in headers {
      guard Self.isToken(header.name) else {
        throw HTTPClientError(.invalidRequest, "'\(header.name)' is not a header's name")
      }
      guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw HTTPClientError(.invalidRequest, "the value of the header \(header.name) has control characters")
      }
    }
  }

  /// The headers as libcurl takes them: `Name: value`, `Name;` for an empty value, and `Name:` for one not to be sent.
  var headerLines: [String] {
    var lines = headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    // libcurl would wait for a go-ahead before large bodies, and call every body a web form.
    lines.append("Expect:")
    if !headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
    return lines
  }

  /// RFC 9110, 5.6.2: a token is one or more of these characters.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
