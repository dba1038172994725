internal import MusterHTTPClient

/// Which requests may be answered from a cache, and which answers may be kept in one.
enum CachingRules {
  /// What tells a request's answer from all others; nil if it must not be answered from a cache: anything but GET, and requests
  /// that show who asks (RFC 9111, 3.5) or ask for a part.
  static func key(
    _ service: String, _ method: String, _ path: String, headers: [(name: String, value: String)], body: [UInt8]
  ) -> String? {
    guard method == "GET", body.isEmpty else { return nil }
    var key = "GET \(service) \(path)"
    for (name, value) in headers {
      let name = name.lowercased()
      guard !uncacheable.contains(name) else { return nil }
      // The answer may depend on any of them.
      key += "\n\(name): \(value)"
    }
    return key
  }

  private static let uncacheable: Set<String> = [
    "authorization", "cookie", "range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since",
    "if-range",
    "cache-control", "pragma",
  ]

  /// Statuses that may be kept without the server saying so (RFC 9110, 15.1), but for partial content.
  private static let statuses: Set<Int> = [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]

  /// Whether an answer may be kept in a cache that others read too.
  static func keeps(_ response: HTTPClientResponse) -> Bool {
    guard statuses.contains(response.status), response.headers["set-cookie"] == nil else { return false }
    let directives = response.headers.all("cache-control").joined(separator: ",").lowercased()
      .split(separator: ",").map { $0.split(separator: "=").first.map(trimmed) ?? "" }
    return directives.allSatisfy { !["no-store", "no-cache", "private"].contains($0) }
      && response.headers.all("vary").allSatisfy { $0 != "*" }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
