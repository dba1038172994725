internal import CCurl

/// The standard gRPC health service, `grpc.health.v1.Health/Check`, over HTTP/2: passing when it says SERVING.
public struct GRPCProbe: Sendable, Equatable {
  /// The target, `host:port[/service]`; without a service the health of the whole server is asked for.
  public let target: String
  /// Whether TLS is spoken.
  public let usesTLS: Bool

  /// A call to `target`.
  public init(target: String, usesTLS: Bool = false) {
    self.target = target
    self.usesTLS = usesTLS
  }
}

extension GRPCProbe: TransferProbe {
  var bodyLimit: Int { ProbeReading.outputLimit }

  func configure(_ handle: EasyHandle) throws(ProbeSetupError) {
    let parts = target.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let host = try HostAndPort(parts.first ?? "").text
    let service = parts.count > 1 ? String(parts[1]) : ""
    try handle.set(CURLOPT_URL, "\(usesTLS ? "https" : "http")://\(host)/grpc.health.v1.Health/Check")
    try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
    try handle.set(CURLOPT_HTTP_VERSION, usesTLS ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE)
    try handle.set(verification: true)
    try handle.set(headers: ["Content-Type: application/grpc", "TE: trailers", "Expect:"])
    try handle.set(body: GRPCHealth.request(service: service))
  }

  func reading(of answer: TransferAnswer) -> ProbeReading {
    // The call's own status says more than how the stream was ended.
    if let code = answer.headers.last(where: { $0.name == "grpc-status" })?.value, code != "0" {
      let message = answer.headers.last { $0.name == "grpc-message" }?.value ?? ""
      return ProbeReading(.critical, "\(action): \(GRPCHealth.describe(status: code))", detail: message)
    }
    guard answer.result == CURLE_OK else { return failure(answer.problem()) }
    guard answer.status == 200 else { return failure("HTTP status \(answer.status), not a gRPC answer") }
    switch GRPCHealth.status(in: answer.body) {
    case .serving: return ProbeReading(.passing, "\(action): SERVING")
    case .notServing: return failure("NOT_SERVING")
    case .serviceUnknown: return failure("SERVICE_UNKNOWN")
    case .unknown: return failure("UNKNOWN")
    case nil: return failure("the answer is not one of the gRPC health service")
    }
  }

  func failure(_ problem: String) -> ProbeReading { ProbeReading(.critical, "\(action): \(problem)") }

  private var action: String { "gRPC \(target)" }
}
