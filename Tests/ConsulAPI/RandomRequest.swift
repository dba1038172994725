internal import MusterJSON
internal import MusterTestSupport

/// A request that is nearly right: a route, names and a registration of the usual kind, each changed here and there.
struct RandomRequest {
  let method: String
  let target: String
  let body: [UInt8]

  init(using random: inout SplitMix64) {
    let isChange = Int.random(in: 0..<3, using: &random) > 0
    let usual = isChange ? "PUT" : "GET"
    method = random.oneIn(20) ? random.pick(["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "X"]) : usual
    let route = random.pick(isChange ? Self.changes : Self.lookUps)
    let path = route.split(separator: "/").map { part in
      part == "*" ? Self.name(using: &random) : random.oneIn(200) ? Self.text(using: &random) : String(part)
    }
    target = "/" + path.map(Self.escaped).joined(separator: "/") + Self.query(using: &random)
    guard isChange else {
      body = []
      return
    }
    var writer = JSONWriter()
    writer.value(Self.body(of: route, using: &random))
    body = random.oneIn(15) ? Self.damaged(writer.bytes, using: &random) : writer.bytes
  }

  private static let changes = [
    "v1/agent/service/register", "v1/agent/service/register", "v1/catalog/register", "v1/catalog/register",
    "v1/agent/check/register", "v1/catalog/deregister", "v1/agent/service/deregister/*",
    "v1/agent/check/deregister/*", "v1/agent/check/pass/*", "v1/agent/check/warn/*", "v1/agent/check/fail/*",
    "v1/agent/check/update/*", "v1/agent/service/maintenance/*", "v1/agent/maintenance",
  ]

  private static let lookUps = [
    "v1/agent/self", "v1/agent/services", "v1/agent/service/*", "v1/agent/checks", "v1/agent/health/service/id/*",
    "v1/agent/health/service/name/*", "v1/catalog/nodes", "v1/catalog/services", "v1/catalog/service/*",
    "v1/catalog/node/*", "v1/catalog/node-services/*", "v1/health/node/*", "v1/health/checks/*",
    "v1/health/service/*", "v1/health/state/any", "v1/health/state/*", "v1/muster/services", "v1/muster/history/*",
    "v1/agent/metrics", "v1/muster/status",
  ]

  /// Few names, so that requests meet what others left.
  private static func name(using random: inout SplitMix64) -> String {
    random.oneIn(10) ? text(using: &random) : random.pick(["a", "b", "service:a", "n1", "n2", "a/b", "*", "é", "c d"])
  }

  private static func text(using random: inout SplitMix64) -> String {
    let texts = [
      "", "\0", "\n", "\u{1B}[0m", "..", "0.0.0.0", "_node_maintenance", "_service_maintenance:a", "10s", "-1s",
      "\u{10FFFF}", "e\u{301}\u{301}", "%2F", "passing", "critical", "\"", "\\", "{{", "true",
      String(repeating: "x", count: 300),
    ]
    return random.pick(texts)
  }

  private static func query(using random: inout SplitMix64) -> String {
    guard random.oneIn(3) else { return "" }
    let names = [
      "passing", "tag", "node-meta", "dc", "pretty", "filter", "stale", "consistent", "index", "near", "format",
      "enable", "reason", "note", "limit", "replace-existing-checks",
    ]
    let values = [
      "true", "false", "0", "-1", "1.5", "dc1", "a", "text", "prometheus", "Status==passing", "Service.Tags contains a",
    ]
    let items = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      let value = random.oneIn(8) ? text(using: &random) : random.pick(values)
      return "\(random.pick(names))=\(escaped(value))"
    }
    return "?" + items.joined(separator: "&")
  }

  private static func body(of route: String, using random: inout SplitMix64) -> JSON {
    let check: JSON = .object([
      .init(key: "CheckID", value: .string(name(using: &random))),
      .init(key: "Name", value: .string(name(using: &random))),
      .init(key: "TTL", value: .string("10s")),
      .init(key: "Status", value: .string(random.pick(["passing", "warning", "critical"]))),
    ])
    let members: [JSON.Member] = [
      .init(key: "Name", value: .string(name(using: &random))),
      .init(key: "Node", value: .string(name(using: &random))),
      .init(key: "ID", value: .string(name(using: &random))),
      .init(key: "ServiceID", value: .string(name(using: &random))),
      .init(key: "Address", value: .string("10.0.0.1")),
      .init(key: "Port", value: .integer(Int64.random(in: 0...70_000, using: &random))),
      .init(key: "Tags", value: .array([.string(name(using: &random)), .string("a")])),
      .init(key: "Meta", value: .object([.init(key: "k", value: .string(name(using: &random)))])),
      .init(key: "Status", value: .string("passing")),
      .init(key: "TTL", value: .string("10s")),
      .init(
        key: "Service",
        value: .object([
          .init(key: "Service", value: .string(name(using: &random))),
          .init(key: "ID", value: .string(name(using: &random))),
        ])),
      .init(key: random.pick(["Check", "Unknown"]), value: check),
      .init(key: random.pick(["Checks", "Unknown"]), value: .array([check])),
    ]
    let kept = members.filter { _ in !random.oneIn(route == "v1/catalog/deregister" ? 2 : 6) }
    return mutated(.object(kept), using: &random)
  }

  /// The value, with other values in some places.
  private static func mutated(_ json: JSON, using random: inout SplitMix64) -> JSON {
    if random.oneIn(60) {
      return random.pick([
        .null, .bool(true), .integer(-1), .integer(.max), .number(0.5), .array([]), .object([]),
        .string(text(using: &random)), .array([.integer(1), .null]),
      ])
    }
    switch json {
    case .array(let elements): return .array(elements.map { mutated($0, using: &random) })
    case .object(let members):
      return .object(members.map { .init(key: $0.key, value: mutated($0.value, using: &random)) })
    default: return json
    }
  }

  private static func damaged(_ bytes: [UInt8], using random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      guard let index = bytes.indices.randomElement(using: &random) else { return bytes }
      if random.oneIn(4) {
        bytes.removeSubrange(index...)
      } else {
        bytes[index] = UInt8.random(in: .min ... .max, using: &random)
      }
    }
    return bytes
  }

  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }.joined()
  }
}

extension SplitMix64 {
  /// True once in so many times.
  mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  /// One of the elements, of which there must be some.
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &self)]
  }
}
