internal import MusterCommandLine
internal import Testing

@Suite("Registrations")
struct ServiceRegistrationTests {
  @Test("a registration has all that was asked for")
  func json() throws {
    let registration = ServiceRegistration(
      name: "web", id: "web-1", address: "10.0.0.1", port: try PortNumber(argument: "80"), tags: ["a", "b\""],
      meta: [try MetaEntry(argument: "k=v=w"), try MetaEntry(argument: "e=")], weight: 5)
    #expect(
      String(decoding: registration.json, as: UTF8.self)
        == #"{"ID":"web-1","Name":"web","Address":"10.0.0.1","Port":80,"Tags":["a","b\""],"Meta":{"k":"v=w","e":""},"#
        + #""Weights":{"Passing":5,"Warning":1},"Checks":[]}"#)
  }

  @Test("the id is made of name, address and port unless it is given")
  func identity() throws {
    let port = try PortNumber(argument: "8080")
    #expect(ServiceRegistration(name: "web", port: port).id == "web-8080")
    #expect(ServiceRegistration(name: "web", address: "10.0.0.1", port: port).id == "web-10.0.0.1-8080")
    #expect(ServiceRegistration(name: "web", id: "x", port: port).id == "x")
  }

  @Test("TTL checks are numbered when they are not alone")
  func reports() throws {
    let port = try PortNumber(argument: "1")
    let ttl = try CheckSpecification(argument: "ttl:5s")
    let tcp = try CheckSpecification(argument: "tcp:a:1")
    #expect(ServiceRegistration(name: "w", id: "i", port: port, checks: [ttl]).reports.map(\.checkID) == ["service:i"])
    #expect(
      ServiceRegistration(name: "w", id: "i", port: port, checks: [ttl, tcp, ttl]).reports.map(\.checkID)
        == ["service:i:1", "service:i:3"])
    #expect(ServiceRegistration(name: "w", id: "i", port: port, checks: [tcp]).reports.isEmpty)
  }

  @Test("metadata without a key or an equals sign is refused", arguments: ["", "k", "=v", "="])
  func badMeta(text: String) {
    #expect(throws: CommandError.self) { try MetaEntry(argument: text) }
  }
}
