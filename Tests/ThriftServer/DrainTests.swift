import MusterTestSupport
import MusterThrift
import MusterThriftServer
import Testing

@Suite("A Thrift server that drains")
struct DrainTests {
  private let speech = SpokenThrift(ThriftDialect(.binary, .framed))

  @Test("finishes what runs, although its task is cancelled, and takes nothing more", arguments: [false, true])
  func finishes(isCancelled: Bool) async throws {
    let begun = Inbox<Void>()
    let gates = Gates()
    let handler = SpokenHandler { _ in
      begun.add(())
      await gates.pass("a")
      return SpokenHandler.reply(Task.isCancelled ? "cancelled" : "done")
    }
    let server = try ThriftServer(handler)
    try await OwnThread.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: globalConcurrentExecutor) { await server.run() }
        let connection = try RawConnection(port: server.port)
        let idle = try RawConnection(port: server.port)
        connection.send(try speech.call("wait"))
        #expect(begun.next() != nil)
        if isCancelled { group.cancelAll() } else { server.drain() }
        #expect(idle.read() == nil)
        #expect(throws: SystemCallError.self) { try RawConnection(port: server.port) }
        connection.send(try speech.call("echo"))
        gates.open("a")
        let answers = try speech.read(2, from: connection)
        #expect(answers.count == 1)
        #expect(try answers.first?.body(shapes: nil)[0] == .string("done"))
        try await group.next()
      }
    }
    await server.run()
  }

  @Test("cancels what does not end in time")
  func bounded() async throws {
    let begun = Inbox<Void>()
    let handler = SpokenHandler { _ in
      begun.add(())
      try? await Task.sleep(for: .seconds(1_000))
      return SpokenHandler.reply("late")
    }
    let log = Inbox<String>()
    let server = try ThriftServer(handler, settings: ThriftServerSettings(drainTimeout: .milliseconds(50))) {
      log.add($0)
    }
    try await OwnThread.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: globalConcurrentExecutor) { await server.run() }
        let connection = try RawConnection(port: server.port)
        connection.send(try speech.call("wait"))
        #expect(begun.next() != nil)
        server.drain()
        #expect(connection.read() == nil)
        try await group.next()
      }
    }
    #expect(log.next()?.hasPrefix("1 calls had not ended after") == true)
  }

  @Test("ends although a handler does not care that it is cancelled", arguments: [false, true])
  func stubborn(isClientGone: Bool) async throws {
    let (begun, ended) = (Inbox<Void>(), Inbox<Void>())
    let gates = Gates()
    let handler = SpokenHandler { _ in
      begun.add(())
      await gates.pass("never")
      return SpokenHandler.reply("late")
    }
    let server = try ThriftServer(handler, settings: ThriftServerSettings(drainTimeout: .milliseconds(50)))
    try await OwnThread.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: globalConcurrentExecutor) {
          await server.run()
          ended.add(())
        }
        var connection: RawConnection? = try RawConnection(port: server.port)
        connection?.send(try speech.call("wait"))
        #expect(begun.next() != nil)
        if isClientGone { connection = nil }
        server.drain()
        #expect(ended.next() != nil)
        _ = connection
        gates.open("never")
        try await group.next()
      }
    }
  }
}
