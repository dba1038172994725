internal import MusterCatalog
internal import MusterJSON
internal import MusterTiming

/// What a check in a request is allowed to be.
struct CheckRules: Sendable {
  let allowsExec: Bool
  let leastDeregisterAfter: Duration
  /// Probes are not run more often than this.
  static let leastInterval = Duration.seconds(1)
  static let defaultTimeout = Duration.seconds(10)
  /// `HOST:PORT` of the instance that a check belongs to, for checks that do not say where; nil if that is not known.
  var home: String?
}

extension Fields {
  /// The status that is given, critical unless there is one.
  func status() throws(APIError) -> HealthStatus {
    guard let json = value("Status"), json != .string("") else { return .critical }
    guard let status = json.string.flatMap(HealthStatus.init(report:)) else {
      throw misfit("Status", json, "passing, warning or critical")
    }
    return status
  }

  /// A check with its definition. `id` and `name` are what it is called where it does not say itself.
  func check(id: String, name: String, rules: CheckRules) throws(APIError) -> Check {
    let givenName = try text("Name", limit: Limits.name)
    let givenID = try text("CheckID", or: "ID", limit: Limits.name)
    let check = Check(
      id: givenID.isEmpty ? id : givenID, name: givenName.isEmpty ? name : givenName, status: try status(),
      notes: try string("Notes"), output: String(try string("Output").utf8Prefix(Limits.output)),
      definition: try definition(rules))
    guard check.notes.utf8.count <= Limits.notes else {
      throw .badRequest("\(path(of: "Notes")) has \(check.notes.utf8.count) bytes: at most \(Limits.notes) are allowed")
    }
    guard !check.isMaintenance else {
      throw .badRequest(
        "\(path(of: "CheckID")): \(check.id.shortened.debugDescription) is reserved for maintenance mode")
    }
    return check
  }

  /// How the check comes to its status: one kind of probe, or a TTL.
  func definition(_ rules: CheckRules) throws(APIError) -> CheckDefinition {
    let probe = try probe(rules)
    let interval = try duration("Interval") ?? .zero
    var ttl = Duration.zero
    if case .ttl(let given) = probe { ttl = given }
    if probe.isActive, interval == .zero {
      throw .badRequest("\(path(of: "Interval")) is missing: a check that probes something needs one, such as \"10s\"")
    }
    if ttl > .zero, interval > .zero {
      throw .badRequest("\(path(of: "Interval")) and TTL can't both be given: a TTL check waits for reports")
    }
    let limit = try duration("DeregisterCriticalServiceAfter").flatMap { $0 > .zero ? $0 : nil }
    return CheckDefinition(
      probe: probe, interval: interval == .zero ? .zero : max(interval, CheckRules.leastInterval),
      timeout: try duration("Timeout") ?? CheckRules.defaultTimeout,
      deregisterAfter: limit.map { max($0, rules.leastDeregisterAfter) },
      successBeforePassing: try integer("SuccessBeforePassing", in: 0...1_000, default: 0),
      failuresBeforeWarning: try integer("FailuresBeforeWarning", in: 0...1_000, default: 0),
      failuresBeforeCritical: try integer("FailuresBeforeCritical", in: 0...1_000, default: 0))
  }

  private func probe(_ rules: CheckRules) throws(APIError) -> CheckDefinition.Probe {
    var probes: [(kind: String, probe: CheckDefinition.Probe)] = []
    if let ttl = try duration("TTL"), ttl > .zero { probes.append(("TTL", .ttl(ttl))) }
    if let http = try httpRequest() { probes.append(("HTTP", .http(http))) }
    let tcp = try text("TCP", limit: Limits.probeText)
    if !tcp.isEmpty {
      try Self.verify(endpoint: tcp[...], as: path(of: "TCP"))
      probes.append(("TCP", .tcp(tcp)))
    }
    let grpc = try text("GRPC", limit: Limits.probeText)
    if !grpc.isEmpty {
      try Self.verify(endpoint: grpc.prefix { $0 != "/" }, as: path(of: "GRPC"))
      probes.append(("GRPC", .grpc(grpc, tls: try bool("GRPCUseTLS"))))
    }
    if let target = try thriftTarget(rules) { probes.append(("Thrift", .thrift(target))) }
    let arguments = try strings("Args", or: "ScriptArgs", limit: Limits.arguments)
    if !arguments.isEmpty { probes.append(("Args", .exec(arguments))) }
    for unserved in ["Script", "UDP", "AliasService", "AliasNode", "DockerContainerID", "OSService", "H2PING"] {
      if let json = value(unserved), json != .string("") {
        throw .badRequest(
          "\(path(of: unserved)): checks of this kind are not served: use TTL, HTTP, TCP, GRPC, Thrift or Args")
      }
    }
    if probes.count > 1 {
      let kinds = probes.map { path(of: $0.kind) }.joined(separator: " and ")
      throw .badRequest("\(kinds) can't be in one check: give several checks")
    }
    if !arguments.isEmpty, !rules.allowsExec {
      throw .badRequest(
        "\(path(of: "Args")): checks that run commands are off: start the server with --enable-exec-checks")
    }
    return probes.first?.probe ?? .none
  }

  /// `HOST:PORT/METHOD`, or `METHOD` of the instance itself.
  private func thriftTarget(_ rules: CheckRules) throws(APIError) -> String? {
    let given = try text("Thrift", limit: Limits.probeText)
    guard !given.isEmpty else { return nil }
    var target = given
    if !given.contains("/") {
      guard let home = rules.home else {
        throw .badRequest(
          "\(path(of: "Thrift")): a method alone is called at the service that the check is registered with, which needs a "
            + "port; give HOST:PORT/METHOD")
      }
      target = "\(home)/\(given)"
    }
    let parts = target.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    try Self.verify(endpoint: parts[0], as: path(of: "Thrift"))
    guard parts.count == 2, !parts[1].isEmpty, parts[1].utf8.count <= Limits.name else {
      throw .badRequest("\(path(of: "Thrift")): the method after the / must have 1 to \(Limits.name) bytes")
    }
    return target
  }

  private func httpRequest() throws(APIError) -> CheckDefinition.HTTPRequest? {
    let url = try text("HTTP", limit: Limits.probeText)
    guard !url.isEmpty else { return nil }
    try Self.verify(url: url, as: path(of: "HTTP"))
    var headers: [CheckDefinition.HTTPRequest.Header] = []
    for member in try entries("Header", limit: Limits.headers) {
      let name = "Header.\(member.key.shortened)"
      try Self.verify(token: member.key, as: "\(path(of: "Header")) key")
      guard let values = member.value.array?.map(\.string), values.count <= Limits.headers, !values.contains(nil) else {
        throw misfit(name, member.value, "a list of strings")
      }
      for case let text? in values { try Self.verify(text, as: path(of: name), limit: Limits.probeText) }
      headers.append(.init(name: member.key, values: values.compactMap { $0 }))
    }
    let method = try string("Method", default: "GET")
    if !method.isEmpty { try Self.verify(token: method, as: path(of: "Method")) }
    let body = try string("Body")
    guard body.utf8.count <= Limits.probeText else {
      throw .badRequest("\(path(of: "Body")) has \(body.utf8.count) bytes: at most \(Limits.probeText) are allowed")
    }
    return .init(
      url: url, method: method.isEmpty ? "GET" : method, headers: headers.sorted { $0.name < $1.name }, body: body,
      skipsTLSVerification: try bool("TLSSkipVerify"))
  }
}

extension HealthStatus {
  /// A status as clients may report it: all but maintenance.
  init?(report: String) {
    guard let status = HealthStatus(rawValue: report), status != .maintenance else { return nil }
    self = status
  }
}

extension CheckDefinition.Probe {
  /// Whether the registry has to go and look.
  var isActive: Bool {
    switch self {
    case .none, .ttl: false
    case .http, .tcp, .grpc, .thrift, .exec: true
    }
  }
}

extension String {
  /// At most so many bytes of the beginning, cut between characters.
  func utf8Prefix(_ limit: Int) -> Substring {
    guard utf8.count > limit else { return self[...] }
    var end = utf8.index(startIndex, offsetBy: limit)
    while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return self[..<end]
  }
}
