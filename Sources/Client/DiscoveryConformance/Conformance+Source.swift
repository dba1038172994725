internal import MusterDiscovery

extension Conformance {
  /// An instance as the suite uses it; the number becomes its port and the last part of its address.
  static func registration(_ service: String, _ number: Int, id: String? = nil) -> Registration {
    Registration(
      service: service, port: UInt16(clamping: 2_000 + number), host: "127.0.0.1", id: id ?? "\(service)-\(number)")
  }

  /// Makes instances of these numbers the whole list of a service.
  func put(_ service: String, _ numbers: [Int], instead earlier: [Int] = []) async throws {
    switch source {
    case .registry:
      for number in numbers { try await provider.register(Self.registration(service, number)) }
      for number in earlier where !numbers.contains(number) {
        try await provider.deregister(Self.registration(service, number).instance(at: ""))
      }
    case .reader(let change):
      try await change(service, numbers.map { Self.registration(service, $0).instance(at: "") })
    case .fixed: break
    }
  }

  /// The numbers of instances.
  static func numbers(_ instances: [Instance]) -> [Int] {
    instances.map { Int($0.endpoint.port) - 2_000 }.sorted()
  }
}

extension Snapshot {
  var isLive: Bool { freshness == .live }
}
