internal import CCurl

/// A request over HTTP: 2xx is passing, 429 is warning, anything else is critical.
public struct HTTPProbe: Sendable, Equatable {
  /// A header field.
  public struct Header: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The value.
    public let value: String

    /// A field.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The address, `http://…` or `https://…`.
  public let url: String
  /// The method.
  public let method: String
  /// Header fields; several may have the same name.
  public let headers: [Header]
  /// The body; none is sent when it is empty.
  public let body: String
  /// Whether the certificate goes unverified.
  public let skipsVerification: Bool

  /// So many redirects are followed.
  public static let redirectLimit = 5

  /// A request.
  public init(
    url: String, method: String = "GET", headers: [Header] = [], body: String = "", skipsVerification: Bool = false
  ) {
    self.url = url
    self.method = method
    self.headers = headers
    self.body = body
    self.skipsVerification = skipsVerification
  }

  /// What is being done, without a password that the address may have in it.
  private var action: String { "HTTP \(method) \(Self.withoutCredentials(url))" }

  static func withoutCredentials(_ url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    let rest = url[scheme.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let at = authority.lastIndex(of: "@") else { return url }
    return String(url[..<scheme.upperBound]) + String(rest[rest.index(after: at)...])
  }
}

extension HTTPProbe: TransferProbe {
  var bodyLimit: Int { ProbeReading.outputLimit }

  func configure(_ handle: EasyHandle) throws(ProbeSetupError) {
    try handle.set(CURLOPT_URL, url)
    try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
    try handle.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
    try handle.set(CURLOPT_FOLLOWLOCATION, 1)
    try handle.set(CURLOPT_MAXREDIRS, Self.redirectLimit)
    try handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    try handle.set(verification: !skipsVerification)
    var lines = ["Accept: text/plain, text/*, */*"]
    for header in headers { lines.append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)") }
    try handle.set(headers: lines)
    if !body.isEmpty { try handle.set(body: Array(body.utf8)) }
    switch method {
    case "GET" where body.isEmpty: try handle.set(CURLOPT_HTTPGET, 1)
    case "HEAD": try handle.set(CURLOPT_NOBODY, 1)
    default: try handle.set(CURLOPT_CUSTOMREQUEST, method)
    }
  }

  func reading(of answer: TransferAnswer) -> ProbeReading {
    // A body that was long enough was cut off by us.
    guard answer.result == CURLE_OK || answer.isBodyCut else {
      return ProbeReading(.critical, "\(action): \(answer.problem(redirectLimit: Self.redirectLimit))")
    }
    let verdict: ProbeReading.Verdict =
      switch answer.status {
      case 200..<300: .passing
      case 429: .warning
      default: .critical
      }
    let phrase = answer.phrase.isEmpty ? "" : " \(answer.phrase)"
    return ProbeReading(verdict, "\(action): \(answer.status)\(phrase)", detail: answer.text)
  }

  func failure(_ problem: String) -> ProbeReading { ProbeReading(.critical, "\(action): \(problem)") }
}
