import MusterEventPoll
import MusterHTTPServer
import MusterThreading
import Testing

@testable import MusterProbing

@Suite("A loop of probes")
struct ProbeLoopTests {
  @Test("is not held up by targets that hang")
  func slowTargets() throws {
    let silent = try RawServer(.hang)
    let server = try serve { _ in HTTPResponse(status: 200) }
    let loop = try ProbeLoop(settings: ProbeSettings(allowsCommands: true))
    for id in 1...100 { loop.start(.http(HTTPProbe(url: silent.url)), id: UInt64(id), timeout: .seconds(30)) }
    loop.start(.exec(ExecProbe(arguments: ["sleep", "60"])), id: 101, timeout: .seconds(30))
    for id in 200..<210 { loop.start(.http(HTTPProbe(url: server.url)), id: UInt64(id), timeout: .seconds(30)) }
    let begin = ContinuousClock.now
    var finished: Set<UInt64> = []
    while finished.count < 10, .now < begin + .seconds(20) {
      finished.formUnion(loop.wait(until: begin + .seconds(20)).map(\.id))
    }
    #expect(finished == Set(200..<210))
    #expect(loop.count == 101)
  }

  @Test("gives nothing of a probe that was cancelled")
  func cancel() throws {
    let silent = try RawServer(.hang)
    let loop = try ProbeLoop(settings: ProbeSettings(allowsCommands: true))
    loop.start(.http(HTTPProbe(url: silent.url)), id: 1, timeout: .milliseconds(50))
    loop.start(.exec(ExecProbe(arguments: ["sleep", "60"])), id: 2, timeout: .milliseconds(50))
    loop.start(.tcp(TCPProbe(address: "nonsense")), id: 3, timeout: .milliseconds(50))
    for id: UInt64 in 1...4 { loop.cancel(id) }
    #expect(loop.count == 0)
    #expect(loop.wait(until: .now + .milliseconds(200)).isEmpty)
  }

  @Test("is woken from another thread")
  func wake() throws {
    let loop = try ProbeLoop()
    let waker = loop.waker
    let thread = try WorkerThread(name: "waker") { waker.wake() }
    #expect(loop.wait(until: .now + .seconds(60)).isEmpty)
    thread.join()
  }

  @Test("ends everything when it is let go")
  func end() throws {
    let silent = try RawServer(.hang)
    do {
      let loop = try ProbeLoop(settings: ProbeSettings(allowsCommands: true))
      loop.start(.http(HTTPProbe(url: silent.url)), id: 1, timeout: .seconds(60))
      loop.start(.exec(ExecProbe(arguments: ["sleep", "60"])), id: 2, timeout: .seconds(60))
      #expect(loop.wait(until: .now + .milliseconds(50)).isEmpty)
      #expect(loop.count == 2)
    }
  }
}
