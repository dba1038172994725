internal import MusterHTTPClient
internal import MusterJSON
internal import MusterTestSupport
internal import Testing

/// A registry with a little of everything.
enum Sample {
  /// Two instances of `web` on two nodes, one of `db`, and checks of every kind that needs no prober.
  static func server(cacheBytes: Int = 32 << 20) throws -> TestServer {
    let server = try TestServer(cacheBytes: cacheBytes)
    let client = try TestClient(server)
    for (path, body) in registrations {
      let answer = try client.put(path, body)
      try #require(answer.status == 200, "\(body): \(answer.text)")
    }
    return server
  }

  private static let registrations = [
    (
      "/v1/agent/service/register",
      """
      {"Name": "web", "ID": "web-1", "Tags": ["v1", "Blue"], "Port": 8080, "Address": "10.0.0.5",
       "Meta": {"zone": "a"}, "Weights": {"Passing": 5, "Warning": 2},
       "TaggedAddresses": {"wan": {"Address": "198.51.100.1", "Port": 80}},
       "Check": {"TTL": "10s", "Status": "passing", "Notes": "heartbeat", "DeregisterCriticalServiceAfter": "90s"}}
      """
    ),
    (
      "/v1/catalog/register",
      """
      {"Node": "n2", "ID": "22222222-2222-4333-8444-555555555555", "Address": "10.0.0.2",
       "TaggedAddresses": {"lan": "10.0.0.2"}, "NodeMeta": {"rack": "7"},
       "Service": {"Service": "web", "ID": "web-2", "Tags": ["v2"], "Port": 8081, "Meta": {"zone": "b"}},
       "Checks": [{"CheckID": "web-2-alive", "Name": "alive", "Status": "warning", "ServiceID": "web-2",
                   "Output": "slow"},
                  {"CheckID": "disk", "Name": "disk", "Status": "passing"}]}
      """
    ),
    ("/v1/agent/service/register", #"{"Name": "db", "Port": 5432}"#),
    (
      "/v1/agent/check/register",
      #"{"Name": "probe", "HTTP": "http://127.0.0.1:1/", "Interval": "1h", "Status": "passing"}"#
    ),
  ]

  /// Everything that the registry holds, as clients see it, with all revisions.
  static func content(_ client: TestClient) throws -> [String] {
    try [
      "/v1/catalog/nodes", "/v1/catalog/services", "/v1/health/state/any", "/v1/catalog/node/n1",
      "/v1/catalog/node/n2", "/v1/agent/services", "/v1/agent/checks", "/v1/health/service/web",
      "/v1/health/service/db", "/v1/muster/history?limit=10000",
    ].map { target in
      let answer = try client.get(target)
      return "\(answer.status) \(answer.index ?? 0) \(answer.text)"
    }
  }

  /// What the elements of an answer are called: the ids of instances or checks, or names.
  static func names(_ json: JSON) -> [String] {
    if let members = json.object { return members.map(\.key) }
    return (json.array ?? []).map { element in
      let name =
        element["Service"]?["ID"] ?? element["CheckID"] ?? element["ServiceID"] ?? element["Node"] ?? element["Name"]
      return name?.string ?? element.string ?? "?"
    }
  }
}
