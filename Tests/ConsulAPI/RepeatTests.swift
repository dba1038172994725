internal import MusterCatalog
internal import MusterJSON
internal import MusterTestSupport
internal import MusterTiming
internal import Testing

@testable internal import MusterConsulAPI

@Suite("A list of instances")
struct RepeatTests {
  /// Nodes with and without checks of their own, instances with none to three checks, of two definitions.
  private static func catalog(seed: UInt64) throws -> Catalog {
    var random = SplitMix64(seed: seed)
    var catalog = Catalog()
    let definitions = [
      CheckDefinition(probe: .ttl(.seconds(30)), deregisterAfter: .seconds(60)),
      CheckDefinition(probe: .tcp("10.0.0.1:80"), interval: .milliseconds(1_500)),
    ]
    for number in 0..<4 {
      let node = Node(name: "n\(number)", address: "10.0.0.\(number)", meta: ["rack": "\(number / 2)"])
      for id in 0..<Int.random(in: 1...4, using: &random) {
        var checks = (0..<Int.random(in: 0...3, using: &random)).map { place in
          let check = Check(
            id: "\(id)-\(place)", name: "own", definition: definitions[Int.random(in: 0...1, using: &random)])
          return Registration.PlacedCheck(check, of: "i\(id)")
        }
        if number % 2 == 0 { checks.append(.init(Check(id: "disk", name: "of the node", status: .passing), of: nil)) }
        let instance = Instance(id: "i\(id)", service: "web", tags: ["v\(id)"], port: 80 + id)
        _ = try catalog.apply(
          .register(Registration(node: node.name, nodeUpdate: node, instance: instance, checks: checks)),
          at: Timestamp(milliseconds: 0))
      }
    }
    return catalog
  }

  @Test("shows each one as it is shown alone, plain and pretty", arguments: 1...8 as ClosedRange<UInt64>)
  func alone(seed: UInt64) throws {
    let entries = Entry.all(of: "web", in: try Self.catalog(seed: seed))
    #expect(entries.count >= 4)
    for pretty in [false, true] {
      let lists: [([Entry], inout JSONWriter) -> Void] = [
        { $1.healthEntries($0, datacenter: "dc1") }, { $1.catalogInstances($0, datacenter: "dc1") },
        { $1.checks($0.flatMap(\.checks)) },
      ]
      for write in lists {
        func inside(_ entries: [Entry]) -> String {
          var writer = JSONWriter(pretty: pretty)
          write(entries, &writer)
          let text = String(decoding: writer.bytes, as: UTF8.self)
          return String(text.dropFirst().dropLast(pretty && text.count > 2 ? 2 : 1))
        }
        let alone = entries.map { inside([$0]) }.filter { !$0.isEmpty }
        #expect(inside(entries) == alone.joined(separator: ","))
      }
    }
  }
}
