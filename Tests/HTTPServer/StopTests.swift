internal import MusterHTTPServer
internal import MusterThreading
internal import Testing

@Suite("Starting and stopping")
struct StopTests {
  @Test("waiting requests are answered with 503 when the server stops", arguments: [1, 3])
  func parked(threads: Int) throws {
    let waiting = Waiting()
    let server = try serve(threads: threads) { _ in waiting.park() }
    let clients = try (0..<200).map { _ in try RawClient(port: server.address.port) }
    for client in clients { client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
    #expect(eventually { waiting.exchanges.count == clients.count })
    server.stop()
    for client in clients {
      let response = try client.response()
      #expect(response.status == 503)
      #expect(response.text == "the server is stopping\n")
      #expect(client.isClosedByServer())
    }
    #expect(server.connections == 0)
    for exchange in waiting.exchanges.takeAll(upTo: .max, until: nil) {
      #expect(!exchange.answer(HTTPResponse(status: 200)))
    }
  }

  @Test("stopping under load neither hangs nor crashes, and is over for all who ask", arguments: 0..<5)
  func underLoad(round: Int) throws {
    let waiting = Waiting()
    let answerer = try WorkerThread(name: "answers") {
      while let exchange = waiting.exchanges.takeAll(upTo: 1, until: nil).first {
        exchange.answer(HTTPResponse(status: 200))
      }
    }
    let server = try serve(threads: 2) { _ in waiting.park() }
    let port = server.address.port
    let loads = try (0..<4).map { _ in
      try WorkerThread(name: "load") {
        guard let client = try? RawClient(port: port) else { return }
        while (try? client.get("/"))?.status == 200 {}
      }
    }
    #expect(eventually { server.connections > 0 })
    let stoppers = try (0..<2).map { _ in try WorkerThread(name: "stop") { server.stop() } }
    server.stop()
    for thread in stoppers + loads { thread.join() }
    #expect(server.connections == 0)
    waiting.exchanges.close()
    answerer.join()
  }

  @Test("a handler may stop its own server: its answer still arrives, and the port is free soon")
  func stopsItself() throws {
    let running = Locked<HTTPServer?>(nil)
    let server = try serve { _ in
      running.withLock { $0 }?.stop()
      return .now(HTTPResponse(status: 200))
    }
    running.withLock { $0 = server }
    let client = try RawClient(port: server.address.port)
    #expect(try client.get("/").status == 200)
    #expect(client.isClosedByServer())
    let again = HTTPServerConfiguration(port: server.address.port, limits: .init(maxConnections: 16))
    #expect(
      eventually {
        (try? HTTPServer(configuration: again, handler: ClosureHandler(handle: echo), log: { _ in })) != nil
      })
    running.withLock { $0 = nil }
  }

  @Test("a server whose last owner is a handler stops as well")
  func letGoByHandler() throws {
    let owner = Locked<HTTPServer?>(nil)
    let port = try {
      let server = try serve { _ in
        let last = owner.withLock { $0.take() }
        withExtendedLifetime(last) {}
        return .now(HTTPResponse(status: 200))
      }
      owner.withLock { $0 = server }
      return server.address.port
    }()
    let client = try RawClient(port: port)
    #expect(try client.get("/").status == 200)
    #expect(client.isClosedByServer())
  }

  @Test("a stopped server's port can be used again at once")
  func restart() throws {
    let first = try serve()
    let port = first.address.port
    #expect(try RawClient(port: port).get("/").status == 200)
    first.stop()
    let second = try HTTPServer(
      configuration: .init(port: port, limits: .init(maxConnections: 16)), handler: ClosureHandler(handle: echo),
      log: { _ in })
    #expect(second.address.port == port)
    #expect(try RawClient(port: port).get("/").status == 200)
  }

  @Test("a port in use is named, with what to do")
  func portInUse() throws {
    let first = try serve()
    let port = first.address.port
    let error = #expect(throws: HTTPServerError.self) {
      try HTTPServer(
        configuration: .init(port: port, limits: .init(maxConnections: 16)), handler: ClosureHandler(handle: echo),
        log: { _ in })
    }
    #expect(error?.code == .addressInUse)
    #expect(
      error?.message
        == "can't listen on 127.0.0.1:\(port): something else listens there; stop it or choose another port")
  }

  @Test(
    "an address that is not one, or not of this machine, is refused",
    arguments: ["", "example.org", "1.2.3", "192.0.2.1", "::ffff:zz", "2001:db8::1"])
  func badHost(host: String) {
    let error = #expect(throws: HTTPServerError.self) {
      try HTTPServer(
        configuration: .init(host: host, limits: .init(maxConnections: 16)), handler: ClosureHandler(handle: echo),
        log: { _ in })
    }
    #expect(error?.code == .addressNotAvailable)
    #expect(error?.message.contains(host) == true)
  }

  @Test(
    "a setting out of its range is refused by name",
    arguments: [
      ("threads", HTTPServerConfiguration(threads: 0)),
      ("maxBodyBytes", HTTPServerConfiguration(limits: .init(maxBodyBytes: -1))),
      ("maxHeaderBytes", HTTPServerConfiguration(limits: .init(maxHeaderBytes: 100))),
      ("maxTargetBytes", HTTPServerConfiguration(limits: .init(maxTargetBytes: 0))),
      ("maxConnections", HTTPServerConfiguration(limits: .init(maxConnections: 0))),
      ("maxConnectionsPerClient", HTTPServerConfiguration(limits: .init(maxConnectionsPerClient: -5))),
      ("idleTimeout", HTTPServerConfiguration(limits: .init(idleTimeout: .zero))),
    ])
  func badSetting(name: String, configuration: HTTPServerConfiguration) {
    let error = #expect(throws: HTTPServerError.self) {
      try HTTPServer(configuration: configuration, handler: ClosureHandler(handle: echo), log: { _ in })
    }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.message.hasPrefix("\(name) is ") == true)
  }

  @Test("more connections than the process may open are refused")
  func fileLimit() {
    let error = #expect(throws: HTTPServerError.self) {
      try HTTPServer(
        configuration: .init(limits: .init(maxConnections: 1_000_000)), handler: ClosureHandler(handle: echo),
        log: { _ in })
    }
    #expect(error?.code == .fileLimit)
  }

  @Test("an IPv6 address serves too")
  func ipv6() throws {
    let server = try HTTPServer(
      configuration: .init(host: "::", limits: .init(maxConnections: 16)), handler: ClosureHandler(handle: echo),
      log: { _ in })
    #expect(try RawClient(port: server.address.port).get("/v4").status == 200)
  }
}
