internal import MusterTestSupport

/// A request that is to be refused, and the answer that it gets.
///
/// `{{x*5}}` stands for `xxxxx`, in the target, the body and the message; a message that ends with `…` goes on with what
/// another module says.
struct Refusal: Sendable {
  /// Method and target.
  let request: String
  let body: String
  let status: Int
  let message: String

  init(_ request: String, _ status: Int, _ message: String) {
    self.init(request, "", status, message)
  }

  init(_ request: String, _ body: String, _ status: Int, _ message: String) {
    self.request = request
    self.body = body
    self.status = status
    self.message = message
  }

  static func notServed(_ request: String, _ body: String = "") -> Refusal {
    let path = request.split(separator: " ").last ?? ""
    return Refusal(
      request, body, 404,
      "\(path) is not served: Muster speaks the discovery part of Consul's API "
        + "(/v1/agent, /v1/catalog, /v1/health, /v1/status) and its own /v1/muster")
  }

  static let register = "PUT /v1/agent/service/register"
  static let registerCheck = "PUT /v1/agent/check/register"
  static let catalogRegister = "PUT /v1/catalog/register"
  static let catalogDeregister = "PUT /v1/catalog/deregister"

  static let all = jsonBodies + services + checks + agent + catalog + parameters + targets

  /// The answer over a connection of its own; nil if there is none.
  func send(to server: TestServer) throws -> RawAnswer? {
    let content = body.expanded
    let length = content.isEmpty && request.hasPrefix("GET ") ? "" : "Content-Length: \(content.utf8.count)\r\n"
    let connection = try RawConnection(port: server.port)
    connection.send("\(request.expanded) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(length)\r\n\(content)")
    return RawAnswer.all(in: connection.readAll()).first
  }

  /// Whether a message is the one that is expected.
  func expects(_ text: String) -> Bool {
    let wanted = message.expanded
    guard wanted.hasSuffix("…") else { return text.filter { $0 != "\n" } == wanted }
    return text.hasPrefix(wanted.dropLast()) && text.utf8.count > wanted.utf8.count
  }
}

extension String {
  /// The text with `{{x*5}}` written out.
  var expanded: String {
    var result = ""
    var rest = self[...]
    while let start = rest.firstRange(of: "{{"), let star = rest[start.upperBound...].lastStar,
      let end = rest[star...].firstRange(of: "}}"), let count = Int(rest[rest.index(after: star)..<end.lowerBound])
    {
      result += rest[..<start.lowerBound] + String(repeating: String(rest[start.upperBound..<star]), count: count)
      rest = rest[end.upperBound...]
    }
    return result + rest
  }
}

extension Substring {
  /// The star before the number of the first `{{x*5}}`.
  fileprivate var lastStar: Index? {
    var index = startIndex
    while let star = self[index...].firstIndex(of: "*") {
      let after = self[self.index(after: star)...]
      if let first = after.first, first.isNumber { return star }
      index = self.index(after: star)
    }
    return nil
  }
}
