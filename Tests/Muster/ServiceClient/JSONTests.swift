internal import Muster
internal import MusterHTTPServer
internal import Testing

@Suite("A service client's JSON")
struct JSONTests {
  private struct User: Codable, Equatable {
    var name: String
    var age: Int
  }

  private func client(_ web: Web) throws -> ServiceClient {
    var settings = CallSettings()
    settings.attemptTimeout = .seconds(30)
    settings.deadline = nil
    let client = try ServiceClient("web", settings: settings)
    client.caller.update(Snapshot(service: "web", instances: [web.instance]))
    return client
  }

  @Test("values are sent and taken")
  func values() async throws {
    let web = try Web("w")
    web.behave(.echo)
    let client = try client(web)
    let user = User(name: "Zoë \u{1F44B}", age: 7)
    #expect(try await client.post("/users", json: user, as: User.self) == user)
    #expect(try await client.put("/users/7", json: [user], as: [User].self) == [user])
    #expect(try await client.post("/users", json: 5).text == "5")
    #expect(try await client.put("/users", json: ["a": true]).text == #"{"a":true}"#)
    #expect(web.contentTypes.count == 4 && web.contentTypes.allSatisfy { $0 == "application/json" })
  }

  @Test(
    "an answer that is no such value is refused with what it is",
    arguments: [
      (200, ""), (200, "{}"), (200, "nonsense"), (200, #"{"name":"a","age":"b"}"#), (200, #"{"name":"a","age":1e99}"#),
      (200, String(repeating: "[", count: 100_000)), (404, #"{"name":"a","age":1}"#), (302, #"{"name":"a","age":1}"#),
    ])
  func bad(status: Int, body: String) async throws {
    let web = try Web("w")
    web.behave(.send(HTTPResponse(status: status, body: Array(body.utf8))))
    let client = try client(web)
    let error = await #expect(throws: ServiceContentError.self) { try await client.get("/", as: User.self) }
    #expect(error?.code == (status == 200 ? .undecodable : .status))
    #expect(error?.message.contains(status == 200 ? "User" : "\(status)") == true)
    #expect(error?.response?.status == status)
  }

  @Test("a value that JSON can't hold is not sent")
  func unencodable() async throws {
    let web = try Web("w")
    let client = try client(web)
    let error = await #expect(throws: ServiceContentError.self) { try await client.post("/", json: Double.infinity) }
    #expect(error?.code == .unencodable)
    #expect(web.requests.isEmpty)
  }
}
