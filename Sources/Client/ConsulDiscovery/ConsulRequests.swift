internal import MusterDiscovery

/// A request to a registry, and its answer: as much of HTTP as is needed.
struct ConsulRequest: Sendable, Equatable {
  var method = "GET"
  /// With its query.
  let path: String
  var body: [UInt8] = []
  let timeout: Duration
}

struct ConsulAnswer: Sendable, Equatable {
  let status: Int
  /// The value of `X-Consul-Index`.
  var index: String?
  var body: [UInt8] = []
}

/// What a registry can be asked, and what its answers mean.
struct ConsulRequests: Sendable {
  let settings: ConsulSettings
  /// Throws `DiscoveryError` or `CancellationError`.
  let send: @Sendable (ConsulRequest) async throws -> ConsulAnswer

  func register(_ instance: Instance, _ checks: [HealthCheck]) async throws {
    let answer = try await send(
      ConsulRequest(
        method: "PUT", path: "/v1/agent/service/register?replace-existing-checks=true",
        body: RegistrationBody.bytes(instance, checks), timeout: settings.timeout))
    try answer.requireSuccess()
  }

  func deregister(_ id: String) async throws {
    let path = "/v1/agent/service/deregister/\(id.percentEncoded)"
    let answer = try await send(ConsulRequest(method: "PUT", path: path, timeout: settings.timeout))
    // Registries differ on what they say of an instance that is not there.
    if answer.status == 404 || answer.status == 500 && answer.text.contains("nknown service") { return }
    try answer.requireSuccess()
  }

  func renew(_ id: String, _ health: Health, note: String) async throws {
    let path = "/v1/agent/check/update/\(RegistrationBody.ttlCheckID(of: id).percentEncoded)"
    let answer = try await send(
      ConsulRequest(
        method: "PUT", path: path, body: RenewalBody.bytes(health, note: note), timeout: settings.timeout))
    let isUnknown =
      answer.status == 404
      || answer.status == 500
        && (answer.text.contains("does not have associated TTL") || answer.text.contains("nknown check"))
    guard !isUnknown else {
      throw DiscoveryError(.notRegistered, "the registry has no instance '\(id.prefix(80))' with a TTL check")
    }
    try answer.requireSuccess()
  }

  /// The callable instances of a service, with the registry's index of them; waits for an index above `index`, unless it is
  /// 0.
  func instances(of service: String, above index: UInt64 = 0) async throws -> (index: UInt64, instances: [Instance]) {
    var path = "/v1/health/service/\(service.percentEncoded)"
    var timeout = settings.timeout
    if index > 0 {
      path += "?index=\(index)&wait=\(settings.wait.text)"
      // The registry adds up to a sixteenth of the wait.
      timeout += settings.wait + settings.wait / 16
    }
    let answer = try await send(ConsulRequest(path: path, timeout: timeout))
    try answer.requireSuccess()
    guard let given = answer.index, let number = UInt64(given), number > 0 else {
      let found = answer.index.map { "is '\($0.prefix(40))'" } ?? "is missing"
      throw DiscoveryError(
        .invalidResponse, "the registry's answer makes no sense: X-Consul-Index \(found): a number above 0 is expected")
    }
    return (number, try HealthAnswer.instances(of: service, in: answer.body, settings))
  }
}

extension ConsulAnswer {
  /// What it says to people, in one line.
  var text: String {
    let scalars = String(decoding: body.prefix(200), as: UTF8.self).unicodeScalars
    return String(String.UnicodeScalarView(scalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }

  /// - Throws: `.unavailable` for what may be different in a moment, `.refused` for what will not.
  func requireSuccess() throws(DiscoveryError) {
    guard !(200...299).contains(status) else { return }
    let reason = "status \(status)" + (text.isEmpty ? "" : ": \(text)")
    switch status {
    case 429, 500...599: throw DiscoveryError(.unavailable, "the registry can't answer: \(reason)")
    case 400...499: throw DiscoveryError(.refused, "the registry refuses: \(reason)")
    default: throw DiscoveryError(.invalidResponse, "the registry's answer makes no sense: \(reason)")
    }
  }
}

extension String {
  /// As a part of a path: everything but letters, digits, `-`, `.`, `_` and `~` is written in hexadecimal.
  ///
  /// So are dots if there is nothing else: `..` would lead elsewhere.
  var percentEncoded: String {
    let isDots = utf8.allSatisfy { $0 == UInt8(ascii: ".") }
    var bytes: [UInt8] = []
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
        bytes.append(byte)
      case UInt8(ascii: ".") where !isDots: bytes.append(byte)
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
