public import MusterDiscovery
internal import MusterHTTPClient
internal import MusterHost

extension ConsulDiscovery {
  /// The services of the registry at the address of the settings, or of the environment.
  ///
  /// Nothing is sent yet. One thread waits for all answers, those of watches too.
  ///
  /// - Parameters:
  ///   - settings: where it is and how it is asked.
  ///   - clock: pauses go by it.
  /// - Throws: `.invalidArgument` with the setting or the variable of the environment that is wrong, `.unavailable` if the
  ///   thread can't be had.
  public convenience init(
    _ settings: ConsulSettings = ConsulSettings(), clock: some Clock<Duration> = ContinuousClock()
  ) throws(DiscoveryError) {
    let address: ConsulAddress
    if let given = settings.address {
      address = given
    } else {
      address = try ConsulAddress.choose(environment: Host.variable)
    }
    let token = settings.token ?? Host.variable("MUSTER_TOKEN") ?? Host.variable("CONSUL_HTTP_TOKEN")
    var complete = settings
    complete.token = token
    let transport = try Self.transport(answerBytes: settings.answerBytes)
    let requests = ConsulRequests(settings: complete) { request in
      var headers = token.map { [(name: "X-Consul-Token", value: $0)] } ?? []
      if !request.body.isEmpty { headers.append((name: "Content-Type", value: "application/json")) }
      do {
        let response = try await Self.twice {
          try await transport.send(
            request.method, address.url + request.path, headers: headers, body: request.body, timeout: request.timeout,
            connectTimeout: min(request.timeout, .seconds(2)))
        }
        return ConsulAnswer(status: response.status, index: response.headers["X-Consul-Index"], body: response.body)
      } catch let error as HTTPClientError {
        throw DiscoveryError(registry: address, error)
      }
    }
    try self.init(requests, clock: clock)
  }

  /// Sends a request, and once more when its connection ends without an answer: one that was kept may end at the very moment that
  /// it is used again, and whatever is asked of a registry may be asked twice.
  private static func twice(_ send: () async throws -> HTTPClientResponse) async throws -> HTTPClientResponse {
    do {
      return try await send()
    } catch let error as HTTPClientError where error.code == .connectionLost {
      return try await send()
    }
  }

  private static func transport(answerBytes: Int) throws(DiscoveryError) -> HTTPTransport {
    var limits = HTTPClient.Limits()
    limits.bodyBytes = answerBytes
    do {
      return try HTTPTransport(limits: limits)
    } catch {
      throw DiscoveryError(.unavailable, "\(error)", cause: error)
    }
  }
}

extension DiscoveryError {
  fileprivate init(registry address: ConsulAddress, _ error: HTTPClientError) {
    let code: Code =
      switch error.code {
      case .responseTooLarge, .invalidResponse: .invalidResponse
      case .invalidRequest: .invalidArgument
      default: .unavailable
      }
    self.init(code, "the registry at \(address): \(error.message)", cause: error)
  }
}
