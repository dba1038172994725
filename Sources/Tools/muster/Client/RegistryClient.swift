internal import MusterCommandLine
internal import MusterHTTPClient
internal import MusterJSON

/// Talks to the registry's HTTP API.
struct RegistryClient {
  let address: ServerAddress
  let token: String?
  let http: HTTPClient

  /// An answer with status 200.
  struct Answer {
    let body: [UInt8]
    /// The index to wait behind in the next blocking query, where the answer has one.
    let index: Int?

    /// The body as JSON.
    func json() throws(CommandError) -> JSON {
      try JSON(answer: body)
    }
  }

  func get(
    _ path: RequestPath, timeout: Duration = .seconds(30), cancellation: HTTPCancellation? = nil
  ) throws(CommandError) -> Answer {
    try send("GET", path, timeout: timeout, cancellation: cancellation)
  }

  func put(_ path: RequestPath, _ body: [UInt8] = []) throws(CommandError) {
    _ = try send("PUT", path, body: body)
  }

  private func send(
    _ method: String, _ path: RequestPath, body: [UInt8] = [], timeout: Duration = .seconds(30),
    cancellation: HTTPCancellation? = nil
  ) throws(CommandError) -> Answer {
    var headers = [(name: "Accept", value: "application/json")]
    if let token { headers.append(("X-Consul-Token", token)) }
    if !body.isEmpty { headers.append(("Content-Type", "application/json")) }
    let response: HTTPClientResponse
    do throws(HTTPClientError) {
      response = try http.request(
        method, address.url + path.text, headers: headers, body: body, timeout: timeout, cancellation: cancellation)
    } catch {
      throw commandError(error)
    }
    guard response.status == 200 else { throw refusal(response) }
    return Answer(body: response.body, index: response.headers["X-Consul-Index"].flatMap(Int.init))
  }

  private func commandError(_ error: HTTPClientError) -> CommandError {
    switch error.code {
    case .cancelled: CommandError(.interrupted, error.message)
    case .couldNotConnect, .couldNotResolve:
      CommandError(
        .away,
        "\(error.message); is 'muster server' running there? --server or MUSTER_HTTP_ADDR names another address")
    case .timedOut, .connectionLost: CommandError(.away, error.message)
    default: CommandError(.failed, error.message)
    }
  }

  private func refusal(_ response: HTTPClientResponse) -> CommandError {
    let reason = TextWidth.cut(PrintableText.line(response.text), to: 500)
    let message = "\(address) answered with status \(response.status)\(reason.isEmpty ? "" : ": \(reason)")"
    switch response.status {
    case 404: return CommandError(.notFound, message)
    // It may be overloaded, or have no leader for a moment.
    case 429, 500...599: return CommandError(.away, message)
    default: return CommandError(.failed, message)
    }
  }
}

extension RegistryClient {
  /// All instances of a service that a query lets through.
  func instances(_ path: RequestPath) throws(CommandError) -> [ListedInstance] {
    var instances: [ListedInstance] = []
    for entry in try get(path).json().elements("instances") {
      instances.append(try ListedInstance(entry))
    }
    return instances
  }

  /// The names of all services with their tags.
  func serviceTags() throws(CommandError) -> [(name: String, tags: [String])] {
    let answer = try get(RequestPath("/v1/catalog/services")).json()
    var services: [(name: String, tags: [String])] = []
    for member in answer.object ?? [] {
      services.append((member.key, try answer.texts(member.key)))
    }
    return services.sorted { $0.name < $1.name }
  }
}
