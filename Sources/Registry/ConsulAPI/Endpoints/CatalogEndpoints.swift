internal import MusterCatalog
internal import MusterFilter
internal import MusterJSON

// /v1/catalog
extension ConsulAPI {
  static let catalogRoutes: [String: [String: Route]] = [
    "v1/catalog/register": ["PUT": .change(catalogRegister)],
    "v1/catalog/deregister": ["PUT": .change(catalogDeregister)],
    "v1/catalog/datacenters": ["GET": .view(datacenters)],
    "v1/catalog/nodes": ["GET": .view(nodes)],
    "v1/catalog/services": ["GET": .view(services)],
    "v1/catalog/service/*": ["GET": .view(serviceInstances)],
    "v1/catalog/node/*": ["GET": .view(node)],
    "v1/catalog/node-services/*": ["GET": .view(nodeServices)],
  ]

  private static func catalogRegister(_ call: Call) throws(APIError) -> Submission {
    let body = try call.body()
    return Submission(
      command: .register(try body.catalogRegistration(datacenter: call.datacenter, rules: call.rules)), reply: .yes)
  }

  private static func catalogDeregister(_ call: Call) throws(APIError) -> Submission {
    let body = try call.body()
    let node = try body.required("Node", limit: Limits.name)
    try body.verify(datacenter: call.datacenter)
    let service = try body.text("ServiceID", limit: Limits.name)
    let check = try body.text("CheckID", limit: Limits.name)
    let cause = "deregistered from the catalog"
    let command: Command =
      if !service.isEmpty {
        .deregisterInstance(InstanceKey(node: node, id: service), cause: cause)
      } else if !check.isEmpty {
        .deregisterCheck(CheckKey(node: node, id: check), cause: cause)
      } else {
        .deregisterNode(node, cause: cause)
      }
    return Submission(command: command, reply: .yes, forgivesUnknown: true)
  }

  private static func datacenters(_ call: Call) throws(APIError) -> View {
    let name = call.datacenter
    return .plain(nil) { _, writer in
      writer.array { $0.string(name) }
    }
  }

  private static func nodes(_ call: Call) throws(APIError) -> View {
    let datacenter = call.datacenter
    let filter = try call.filter(FilterSchema<Node>.node(datacenter: datacenter))
    let meta = call.parameters.nodeMeta
    return .indexed(.nodes) { catalog, writer in
      writer.array { writer in
        for node in catalog.allNodes.lazy.map(\.node).filter({ $0.matches(meta) }).filtered(by: filter) {
          writer.node(node, datacenter: datacenter)
        }
      }
    }
  }

  /// The names of all services, each with the tags that any of its instances has.
  private static func services(_ call: Call) throws(APIError) -> View {
    let parameters = call.parameters
    let filter = try call.filter(
      FilterSchema<ListedService>(["ServiceName": .string(\.name), "ServiceTags": .list(\.tags)]))
    // The metadata of nodes is no part of the topic.
    return .indexed(.services, isShared: parameters.nodeMeta.isEmpty) { catalog, writer in
      writer.object { writer in
        for service in ListedService.all(in: catalog, parameters).filtered(by: filter) {
          writer.strings(service.name, service.tags)
        }
      }
    }
  }

  private static func serviceInstances(_ call: Call) throws(APIError) -> View {
    let (service, parameters, datacenter) = (call.argument, call.parameters, call.datacenter)
    let filter = try call.filter(FilterSchema<Entry>.catalogInstance(datacenter: datacenter))
    return .indexed(.service(service)) { catalog, writer in
      let entries = Entry.find(service, in: catalog, parameters).filtered(by: filter)
      writer.catalogInstances(entries, datacenter: datacenter)
    }
  }

  private static func node(_ call: Call) throws(APIError) -> View {
    let (name, datacenter) = (call.argument, call.datacenter)
    let filter = try call.filter(FilterSchema<Instance>.instance())
    return .indexed(.node(name)) { catalog, writer in
      guard let record = catalog.node(name) else { return writer.null() }
      writer.object { writer in
        writer.key("Node")
        writer.node(record.node, datacenter: datacenter)
        writer.key("Services")
        var repeats = Repeats()
        writer.object { writer in
          for instance in record.instances.filtered(by: filter) {
            writer.key(instance.id)
            writer.instance(instance, &repeats)
          }
        }
      }
    }
  }

  private static func nodeServices(_ call: Call) throws(APIError) -> View {
    let (name, datacenter) = (call.argument, call.datacenter)
    let filter = try call.filter(FilterSchema<Instance>.instance())
    return .indexed(.node(name)) { catalog, writer in
      writer.object { writer in
        let record = catalog.node(name)
        writer.key("Node")
        if let record {
          writer.node(record.node, datacenter: datacenter)
        } else {
          writer.null()
        }
        writer.key("Services")
        var repeats = Repeats()
        writer.array { writer in
          for instance in (record?.instances ?? []).filtered(by: filter) { writer.instance(instance, &repeats) }
        }
      }
    }
  }
}

/// A service in the list of all.
struct ListedService: Sendable {
  let name: String
  /// The tags that any instance has, sorted.
  let tags: [String]

  /// All services with an instance on a node that has the metadata asked for, in order of their names.
  static func all(in catalog: Catalog, _ parameters: Parameters) -> [ListedService] {
    catalog.serviceNames.compactMap { name in
      let entries = Entry.find(name, in: catalog, parameters)
      guard !entries.isEmpty else { return nil }
      return ListedService(name: name, tags: Set(entries.flatMap(\.member.instance.tags)).sorted())
    }
  }
}

extension NodeRecord {
  /// The instances in order of their ids.
  var instances: [Instance] {
    members.values.map(\.instance).sorted { $0.id < $1.id }
  }
}
