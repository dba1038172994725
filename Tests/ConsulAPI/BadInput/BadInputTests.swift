internal import MusterHTTPClient
internal import MusterJSON
internal import MusterTestSupport
internal import Testing

@Suite("Bad input")
struct BadInputTests {
  @Test("is answered with the field, its value and what is allowed, and changes nothing")
  func refusals() throws {
    let server = try Sample.server()
    let client = try TestClient(server)
    let before = try Sample.content(client)
    #expect(Refusal.all.count >= 80)
    for refusal in Refusal.all {
      let label = Comment(rawValue: "\(refusal.request) \(refusal.body)")
      guard let answer = try refusal.send(to: server) else {
        Issue.record("no answer to \(label)")
        continue
      }
      #expect(answer.status == refusal.status, label)
      #expect(refusal.expects(answer.text), "\(label): \(answer.text)")
      #expect(answer.headers["content-type"] == "text/plain; charset=utf-8", label)
      #expect(answer.body.allSatisfy { $0 >= 0x20 || $0 == 0x0A }, label)
    }
    #expect(try Sample.content(client) == before)
    #expect(try client.put("/v1/agent/service/register", #"{"Name":"new"}"#).status == 200)
  }

  @Test("that is not UTF-8 is refused", arguments: ["Name", "Meta"])
  func invalidUTF8(field: String) throws {
    let server = try TestServer()
    let start = Array(#"{"Name":"new","\#(field)":""#.utf8)
    let body = start + [0xFF, 0xC0] + Array(#""}"#.utf8)
    let connection = try RawConnection(port: server.port)
    let head = "PUT /v1/agent/service/register HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    connection.send(Array("\(head)Content-Length: \(body.count)\r\n\r\n".utf8) + body)
    let answer = try #require(RawAnswer.all(in: connection.readAll()).first)
    #expect(answer.status == 400)
    #expect(answer.text.hasPrefix("the body is not valid JSON: the text is not UTF-8: "))
  }

  @Test("does not stop unknown fields from being passed over, nor other spellings from being taken")
  func tolerated() throws {
    let server = try TestServer()
    let client = try TestClient(server)
    let body = """
      {"NAME": "new", "id": "n-1", "Unknown": {"a": [1, null]}, "Namespace": "default", "tags": null, "port": 80,
       "enable_tag_override": true, "tagged_addresses": {"lan": {"address": "10.0.0.7", "port": 1}},
       "check": {"ttl": "10s", "deregister_critical_service_after": 60000000000, "Future": 1}}
      """
    #expect(try client.put("/v1/agent/service/register", body).status == 200)
    let instance = try client.json("/v1/agent/service/n-1")
    #expect(instance["Service"] == .string("new"))
    #expect(instance["Port"] == .integer(80))
    #expect(instance["EnableTagOverride"] == .bool(true))
    #expect(instance["TaggedAddresses"]?["lan"]?["Address"] == .string("10.0.0.7"))
    let check = try client.json("/v1/agent/checks")["service:n-1"]
    #expect(check?["Definition"]?["DeregisterCriticalServiceAfter"] == .string("1m0s"))
  }
}
