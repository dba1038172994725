internal import MusterCommandLine
internal import MusterJSON
internal import Testing

@Suite("What a supervised program is registered as")
struct SupervisedRegistrationTests {
  private func registration(id: String? = nil, checks: [CheckSpecification] = []) throws -> ServiceRegistration {
    ServiceRegistration(
      name: "web", id: id, port: try PortNumber(argument: "80"), tags: ["a"], weight: 3, checks: checks)
  }

  @Test("the supervisor's TTL check comes first, passes at first and ends with the lease")
  func lease() throws {
    let all = try SupervisedRegistrations(registration(), others: [], ttl: .seconds(9)).all
    let check = try #require(try JSON(answer: all[0].json)["Checks"]?.elements("checks").first)
    #expect(try check.text("TTL") == "9s")
    #expect(try check.text("Status") == "passing")
    #expect(try check.text("DeregisterCriticalServiceAfter") == "9s")
    #expect(all.map { $0.reports.first?.checkID } == ["service:web-80"])
  }

  @Test("the first check that was seen to pass passes at first, the others do not; a TTL of its own comes second")
  func checks() throws {
    let given = try ["ttl:30s", "grpc:a:1", "tcp:a:2", "http://a/"].map { try CheckSpecification(argument: $0) }
    let all = try SupervisedRegistrations(registration(checks: given), others: [], ttl: .seconds(9)).all
    #expect(all[0].checks.map(\.startsPassing) == [true, false, false, true, false])
    #expect(all[0].reports.first?.checkID == "service:web-80:1")
  }

  @Test("further services have their own name and port, and the tags and weight of the first; its checks are its own")
  func others() throws {
    let others = try ["admin:81", "urn:metrics:82"].map { try FurtherService(argument: $0) }
    let check = try CheckSpecification(argument: "tcp:a:2")
    let all = try SupervisedRegistrations(
      registration(id: "one", checks: [check]), others: others, ttl: .seconds(9)
    ).all
    #expect(all.map(\.id) == ["one", "admin-81", "urn:metrics-82"])
    #expect(all.map(\.name) == ["web", "admin", "urn:metrics"])
    #expect(all.map(\.checks.count) == [2, 1, 1])
    #expect(all.allSatisfy { $0.tags == ["a"] && $0.weight == 3 })
  }

  @Test("an id can't be registered twice", arguments: [["web:80"], ["b:1", "b:1"]])
  func twice(others: [String]) throws {
    let others = try others.map { try FurtherService(argument: $0) }
    #expect(throws: CommandError.self) {
      try SupervisedRegistrations(registration(), others: others, ttl: .seconds(9))
    }
  }

  @Test(
    "a further service is NAME:PORT", arguments: ["", ":", "admin", "admin:", ":80", "admin:0", "admin:65536", "a:b"])
  func badService(text: String) {
    #expect(throws: CommandError.self) { try FurtherService(argument: text) }
  }

  @Test("a pause may be none", arguments: [("0", Duration.zero), ("0s", .zero), ("1m30s", .seconds(90))])
  func pause(text: String, duration: Duration) throws {
    #expect(try PauseSpan(argument: text).duration == duration)
  }

  @Test("a pause is not below zero, and has a unit", arguments: ["", "-1s", "1", "s", "1x", "1s 2s"])
  func badPause(text: String) {
    #expect(throws: CommandError.self) { try PauseSpan(argument: text) }
  }

  @Test("random text is a further service or an error, never more")
  func random() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<2_000 {
      let text = String(
        (0..<Int.random(in: 0...12, using: &random)).map { _ in ":a0-9é ".randomElement(using: &random) ?? ":" })
      do {
        let service = try FurtherService(argument: text)
        #expect("\(service.name):" == text.prefix(service.name.count + 1) && !service.name.isEmpty)
      } catch {
        #expect(error.code == .usage)
      }
    }
  }
}
