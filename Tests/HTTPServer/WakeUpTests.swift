internal import MusterHTTPServer
internal import MusterThreading
internal import Testing

@Suite("Answers that are given together")
struct WakeUpTests {
  private let ok = HTTPResponse(status: 200, body: Array("together".utf8))
  private let wakeUps = HTTPWakeUps()
  private let waiting = Waiting()
  private let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

  private func exchanges(_ count: Int) throws -> [HTTPExchange] {
    try (0..<count).map { _ in try #require(waiting.exchanges.next()) }
  }

  @Test("all arrive, time and again", arguments: [1, 3])
  func allArrive(threads: Int) throws {
    let server = try serve(threads: threads, wakeUps: wakeUps) { [waiting] _ in waiting.park() }
    let clients = try (0..<40).map { _ in try RawClient(port: server.address.port) }
    for _ in 0..<50 {
      for client in clients { client.send(get) }
      let parked = try exchanges(clients.count)
      wakeUps.together {
        for exchange in parked { #expect(exchange.answer(ok)) }
      }
      for client in clients { #expect(try client.response().text == "together") }
    }
  }

  @Test("all arrive where calls overlap on several threads")
  func overlapping() throws {
    let server = try serve(threads: 2, wakeUps: wakeUps) { [waiting] _ in waiting.park() }
    let answerers = try (0..<3).map { _ in
      try WorkerThread(name: "answers") { [ok, waiting, wakeUps] in
        while true {
          let some = waiting.exchanges.takeAll(upTo: 4, until: nil)
          if some.isEmpty { return }
          wakeUps.together { for exchange in some { exchange.answer(ok) } }
        }
      }
    }
    let clients = try (0..<20).map { _ in try RawClient(port: server.address.port) }
    for _ in 0..<100 {
      for client in clients { client.send(get) }
      for client in clients { #expect(try client.response().text == "together") }
    }
    waiting.exchanges.close()
    for answerer in answerers { answerer.join() }
  }

  @Test("those whose clients have gone hold up nobody", arguments: [false, true])
  func someHaveGone(reset: Bool) throws {
    let server = try serve(wakeUps: wakeUps) { [waiting] _ in waiting.park() }
    let stays = try (0..<10).map { _ in try RawClient(port: server.address.port) }
    for _ in 0..<20 {
      var leaves = try (0..<10).map { _ in try RawClient(port: server.address.port) }
      for client in stays + leaves { client.send(get) }
      let parked = try exchanges(20)
      if reset { for client in leaves { client.resetOnClose() } }
      leaves = []
      wakeUps.together {
        for exchange in parked { exchange.answer(ok) }
      }
      for client in stays { #expect(try client.response().text == "together") }
    }
    #expect(eventually { server.connections == stays.count })
  }

  @Test("a server that stops meanwhile lets all go")
  func stopping() throws {
    let server = try serve(wakeUps: wakeUps) { [waiting] _ in waiting.park() }
    let clients = try (0..<10).map { _ in try RawClient(port: server.address.port) }
    for client in clients { client.send(get) }
    let parked = try exchanges(clients.count)
    wakeUps.together {
      for exchange in parked { exchange.answer(ok) }
      server.stop()
    }
    for client in clients { #expect(try client.response().text == "together") }
  }
}
