internal import MusterFilter

/// Something like an entry of the health API, with one field of each kind.
struct Sample: Sendable {
  struct Service: Sendable {
    var id = "web-1"
    var name = "web"
    var address = ""
    var port = 8080
    var override = false
    var tags = ["v1", "primary", "with space"]
    var meta = [
      "zone": "eu-west", "weird key": "x.y", "a.b": "dotted", "empty": "", "42": "number", "dir/file": "slash",
      "til~de": "tilde", "lines": "one\ntwo", "café": "crème",
    ]
    var addresses = ["lan": "10.0.0.1", "wan": "198.18.0.1"]
  }

  struct Check: Sendable {
    var id: String
    var status: String
    var runs = 0
    var labels: [String] = []
  }

  var service = Service()
  var node = "n1"
  var nodeMeta: [String: String] = [:]
  var checks = [
    Check(id: "serfHealth", status: "passing"),
    Check(id: "service:web-1", status: "critical", runs: 3, labels: ["v1", "primary"]),
  ]

  /// A value with nothing in its lists and maps.
  static let bare = Sample(
    service: Service(id: "", name: "", port: -1, override: true, tags: [], meta: [:], addresses: [:]), node: "",
    checks: [])

  static let schema = FilterSchema<Service>([
    "ID": .string { $0.id },
    "Service": .string { $0.name },
    "Address": .string { $0.address },
    "Port": .integer { $0.port },
    "EnableTagOverride": .bool { $0.override },
    "Tags": .list { $0.tags },
    "Meta": .map { $0.meta.map { ($0.key, $0.value) } },
    "TaggedAddresses": .list { Array($0.addresses.keys) },
    "TaggedAddresses.*.Address": .map { $0.addresses.map { ($0.key, $0.value) } },
  ])
  .lifted(under: "Service") { (sample: Sample) in sample.service }
  .merging(
    FilterSchema([
      "Node.Node": .string { $0.node },
      "Node.Meta": .map { $0.nodeMeta.map { ($0.key, $0.value) } },
      "Checks": .list { $0.checks.map(\.id) },
    ])
  )
  .merging(
    FilterSchema<Check>([
      "Status": .string { $0.status }, "Runs": .integer { $0.runs }, "IsNew": .bool { $0.runs == 0 },
      "Labels": .list { $0.labels },
    ]).liftedFromElements(under: "Checks") { (sample: Sample) in sample.checks })
}
