import Muster
import MusterDiscoveryConformance
import Testing

@Suite("A list of instances that never changes")
struct StaticDiscoveryTests {
  private static func instance(_ id: String, port: UInt16 = 80, health: Health = .passing) -> Instance {
    Instance(id: id, service: "web", endpoint: Endpoint(host: "127.0.0.1", port: port), health: health)
  }

  @Test("keeps every promise of a provider that only reads")
  func conformance() async throws {
    let instances = [
      Self.instance("b", health: .warning), Self.instance("c", health: .critical), Self.instance("a"),
      Self.instance("d", health: .maintenance),
    ]
    let provider = try StaticDiscovery(instances)
    #expect(await Conformance(provider, source: .fixed(service: "web", instances: instances)).run() == [])
    #expect(try await provider.discover("web").map(\.id) == ["a", "b"])
  }

  @Test("is watched until the reader is cancelled, not only for its first list")
  func watch() async throws {
    let watch = try StaticDiscovery([Self.instance("a")]).watch("web")
    let (first, arrived) = AsyncStream.makeStream(of: Void.self)
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        for await _ in watch { arrived.yield() }
        return Task.isCancelled
      }
      for await _ in first { break }
      group.cancelAll()
      #expect(await group.next() == true)
    }
  }

  @Test("is made of addresses")
  func endpoints() async throws {
    let provider = try StaticDiscovery("web", [Endpoint(host: "::1", port: 80), Endpoint(host: "h", port: 81)])
    #expect(try await provider.discover("web").map(\.id) == ["[::1]:80", "h:81"])
  }

  @Test(
    "is refused with the instance that is wrong",
    arguments: [
      ([instance("a", port: 0)], "the instance 'a': the port 0"), ([instance("")], "the id of 0 bytes"),
      ([instance("a"), instance("a", port: 81)], "the id 'a' comes twice"),
      ([Instance(id: "a", service: "w b", endpoint: Endpoint(host: "h", port: 1))], "the service name 'w b'"),
      ([Instance(id: "a", service: "w", endpoint: Endpoint(host: "", port: 1))], "the host of 0 bytes"),
    ])
  func wrong(instances: [Instance], part: String) {
    let error = #expect(throws: DiscoveryError.self) { try StaticDiscovery(instances) }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
  }
}
