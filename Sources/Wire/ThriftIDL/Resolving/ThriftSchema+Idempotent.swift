extension ThriftSchema {
  /// The methods that `(idempotent = "true")` stands behind, by the names that a proxy may know them by: `get`, or `Users:get` where
  /// another service has a method of that name that may not be repeated.
  public var idempotentMethods: [String] {
    var services: [String: [(service: String, isIdempotent: Bool)]] = [:]
    for (name, service) in self.services {
      for method in methods(of: name) {
        services[method.name, default: []].append((service.shortName, method.isIdempotent))
      }
    }
    return services.flatMap { name, all in
      all.allSatisfy(\.isIdempotent) ? [name] : all.filter(\.isIdempotent).map { "\($0.service):\(name)" }
    }.sorted()
  }
}
