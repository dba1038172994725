internal import MusterCommandLine
internal import MusterJSON
internal import Testing

@Suite("The registry's answers")
struct RegistryAnswerTests {
  @Test("an instance is read with its health, the address being the node's if it has none")
  func instance() throws {
    let instance = try ListedInstance(
      json(
        """
        {"Node":{"Node":"n1","Address":"10.0.0.9"},
         "Service":{"ID":"web-1","Service":"web","Address":"","Port":80,"Tags":["a"],"Meta":{"k":"v"},
                    "Weights":{"Passing":3,"Warning":1}},
         "Checks":[{"CheckID":"serfHealth","Status":"passing","Output":"fine"},
                   {"CheckID":"service:web-1","Status":"warning","Output":"slow"}]}
        """))
    #expect(instance.id == "web-1" && instance.service == "web" && instance.node == "n1")
    #expect(instance.endpoint == "10.0.0.9:80")
    #expect(instance.status == .warning && instance.output == "slow")
    #expect(instance.tags == ["a"] && instance.weight == 3)
    var writer = JSONWriter()
    instance.write(to: &writer)
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"{"id":"web-1","service":"web","address":"10.0.0.9","port":80,"status":"warning","node":"n1","#
        + #""tags":["a"],"meta":{"k":"v"},"weight":3}"#)
  }

  @Test(
    "the worst check decides, maintenance over all",
    arguments: [
      ("[]", HealthStatus.passing), ("null", .passing), (#"[{"Status":"passing"}]"#, .passing),
      (#"[{"Status":"critical"},{"Status":"warning"}]"#, .critical), (#"[{"Status":"unheard of"}]"#, .critical),
      (#"[{"Status":"critical"},{"CheckID":"_service_maintenance:x","Status":"critical"}]"#, .maintenance),
      (#"[{"CheckID":"_node_maintenance","Status":"critical"},{"Status":"critical"}]"#, .maintenance),
    ])
  func status(checks: String, status: HealthStatus) throws {
    #expect(try ListedInstance(json(#"{"Checks":\#(checks)}"#)).status == status)
  }

  @Test("absent and null members are empty, as Go writes them")
  func absent() throws {
    let instance = try ListedInstance(json(#"{"Service":{"ID":"x","Tags":null,"Meta":null}}"#))
    #expect(instance.tags == [] && instance.meta == [] && instance.port == 0 && instance.weight == 1)
    #expect(try json("null").elements("x").isEmpty)
  }

  @Test(
    "members of the wrong type are refused by name",
    arguments: [
      (#"{"Service":{"ID":1}}"#, "'ID' is not a string"),
      (#"{"Service":{"Port":"80"}}"#, "'Port' is not a whole number"),
      (#"{"Service":{"Port":1.5}}"#, "'Port' is not a whole number"),
      (#"{"Service":{"Tags":[1]}}"#, "'Tags' is not a list"),
      (#"{"Service":{"Tags":"a"}}"#, "'Tags' is not a list"), (#"{"Checks":{}}"#, "'Checks' is not a list"),
    ])
  func wrongType(text: String, reason: String) throws {
    let entry = try json(text)
    let error = #expect(throws: CommandError.self) { try ListedInstance(entry) }
    #expect(error?.message.contains(reason) == true)
  }

  @Test("what is not JSON is said to be none")
  func notJSON() {
    let error = #expect(throws: CommandError.self) { try JSON(answer: Array("<html>".utf8)) }
    #expect(error?.message.hasPrefix("the registry's answer is not the JSON it should be") == true)
    #expect(error?.code == .unreadable)
  }

  @Test("a service's summary is read, or counted from its instances")
  func summary() throws {
    let text = #"{"Name":"web","Tags":["a"],"Instances":4,"Passing":1,"Warning":1,"Critical":2,"Index":9}"#
    let read = try ServiceSummary(json(text))
    var instances: [ListedInstance] = []
    for status in ["passing", "warning", "critical"] {
      instances.append(try ListedInstance(json(#"{"Checks":[{"Status":"\#(status)"}]}"#)))
    }
    instances.append(try ListedInstance(json(#"{"Checks":[{"CheckID":"_node_maintenance"}]}"#)))
    #expect(read == ServiceSummary(name: "web", tags: ["a"], instances: instances))
  }

  @Test("the status is shown in words and printed as JSON")
  func status() throws {
    let status = try RegistryStatus(
      json(#"{"Version":"1.0","Node":"n","UptimeSeconds":93784,"Revision":7,"Checks":{"Passing":2,"Critical":1}}"#))
    #expect(status.rows.contains { $0 == ("Up", "1d 2h") } && status.rows.contains { $0 == ("Checks passing", "2") })
    #expect(!status.rows.contains { $0.title == "Store" })
    var writer = JSONWriter()
    status.write(to: &writer)
    let text = String(decoding: writer.bytes, as: UTF8.self)
    #expect(text.hasPrefix(#"{"version":"1.0","node":"n","#))
    #expect(text.hasSuffix(#""checks":{"passing":2,"warning":0,"critical":1}}"#))
  }

  @Test("an event of a node or a check is told as such")
  func history() throws {
    #expect(try HistoryEntry(json(#"{"Instance":"i","Check":"c","Node":"n"}"#)).subject == "i")
    #expect(try HistoryEntry(json(#"{"Instance":"","Check":"c","Node":"n"}"#)).subject == "c")
    #expect(try HistoryEntry(json(#"{"Node":"n"}"#)).subject == "n")
  }

  @Test(
    "a value in a filter stays one value",
    arguments: [("web-1", #""web-1""#), (#"a"b\c"#, #""a\"b\\c""#), ("a\nb", #""a\nb""#), ("", "\"\"")])
  func filterText(text: String, quoted: String) {
    #expect(FilterText.quoted(text) == quoted)
  }

  private func json(_ text: String) throws -> JSON {
    try JSON(answer: Array(text.utf8))
  }
}
