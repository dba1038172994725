internal import MusterCatalog
internal import MusterJSON

/// The columns of a check's definition.
struct DefinitionRow: Hashable {
  let probe: String
  let target: String
  let ttl: Int64?
  let interval: Int64
  let timeout: Int64
  let deregisterAfter: Int64?
  let successes: Int64
  let warnings: Int64
  let failures: Int64

  /// Reads the columns from 8 on.
  init(_ row: Statement, _ values: inout ValueReader) throws(JournalError) {
    probe = try values.text(row, 8)
    target = try values.text(row, 9)
    ttl = row.isNull(10) ? nil : row.integer(10)
    interval = row.integer(11)
    timeout = row.integer(12)
    deregisterAfter = row.isNull(13) ? nil : row.integer(13)
    successes = row.integer(14)
    warnings = row.integer(15)
    failures = row.integer(16)
  }
}

extension ValueReader {
  /// A check's definition; checks with the same one share it.
  mutating func definition(_ row: Statement) throws(JournalError) -> CheckDefinition {
    let key = try DefinitionRow(row, &self)
    if let lastDefinition, lastDefinition.row == key { return lastDefinition.definition }
    let definition: CheckDefinition
    if let known = definitions[key] {
      definition = known
    } else {
      definition = try parse(key)
      if definitions.count < Shared<CheckDefinition>.limit { definitions[key] = definition }
    }
    lastDefinition = (key, definition)
    return definition
  }

  private func parse(_ key: DefinitionRow) throws(JournalError) -> CheckDefinition {
    CheckDefinition(
      probe: try probe(key), interval: .nanoseconds(key.interval), timeout: .nanoseconds(key.timeout),
      deregisterAfter: key.deregisterAfter.map { .nanoseconds($0) }, successBeforePassing: Int(key.successes),
      failuresBeforeWarning: Int(key.warnings), failuresBeforeCritical: Int(key.failures))
  }

  private func probe(_ row: DefinitionRow) throws(JournalError) -> CheckDefinition.Probe {
    switch row.probe {
    case "": return .none
    case "tcp": return .tcp(row.target)
    case "thrift": return .thrift(row.target)
    case "script": return .exec(try strings(row.target))
    case "ttl":
      if let ttl = row.ttl { return .ttl(.nanoseconds(ttl)) }
    case "grpc":
      let elements = try elements(row.target)
      if elements.count == 2, let target = elements[0].string, let tls = elements[1].bool {
        return .grpc(target, tls: tls)
      }
    case "http":
      if let request = try request(elements(row.target)) { return .http(request) }
    default: break
    }
    throw .damaged(path, "the probe \(row.probe) \(row.target.prefix(100))")
  }

  private func request(_ elements: [JSON]) throws(JournalError) -> CheckDefinition.HTTPRequest? {
    guard elements.count == 5, let url = elements[0].string, let method = elements[1].string,
      let body = elements[2].string, let skipsVerification = elements[3].bool, let headers = elements[4].array
    else { return nil }
    var request = CheckDefinition.HTTPRequest(
      url: url, method: method, body: body, skipsTLSVerification: skipsVerification)
    for header in headers {
      let strings = (header.array ?? []).compactMap(\.string)
      guard let name = strings.first else { return nil }
      request.headers.append(.init(name: name, values: Array(strings.dropFirst())))
    }
    return request
  }
}
