internal import MusterHTTPServer
internal import MusterThreading
internal import Testing

@Suite("Requests that come all at once")
struct BurstTests {
  // The library takes its events in batches of 128.
  @Test("are answered, however many they are", arguments: [1, 127, 128, 129, 256, 384])
  func burst(size: Int) throws {
    let isBusy = Mailbox<Bool>(capacity: 1)
    let mayGoOn = Mailbox<Bool>(capacity: 1)
    let server = try serve { request in
      if request.path == "/hold" {
        isBusy.push(true)
        _ = mayGoOn.takeAll(upTo: 1, until: nil)
      }
      return .now(HTTPResponse(status: 200))
    }
    let clients = try (0..<size).map { _ in try RawClient(port: server.address.port) }
    for client in clients { #expect(try client.get("/").status == 200) }
    let holder = try RawClient(port: server.address.port)
    holder.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(isBusy.takeAll(upTo: 1, until: .now + .seconds(10)) == [true])
    for client in clients { client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
    mayGoOn.push(true)
    #expect(try holder.response().status == 200)
    for client in clients { #expect(try client.response().status == 200) }
  }
}
