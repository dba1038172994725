import MusterTestSupport
import MusterThrift
import MusterThriftServer
import Testing

@testable import MusterProbing

@Suite("A Thrift probe")
struct ThriftProbeTests {
  /// Answers any method with a void result, but for some.
  private struct Handler: ThriftHandling {
    func answer(_ request: ThriftRequest) async -> ThriftReply {
      switch request.method {
      case "declared": .result(ThriftStruct([ThriftField(1, .structure(ThriftStruct()))]), shapes: nil)
      case "tired": .exception(ThriftApplicationException(.internalError, "too tired"))
      case "unknown": .unknown(method: "unknown")
      case "silent": .none
      default: .result(ThriftStruct(), shapes: nil)
      }
    }
  }

  private static func with(_ body: (UInt16) throws -> Void) async throws {
    let server = try ThriftServer(Handler(), services: ["Health": Handler()])
    try await OwnThread.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: globalConcurrentExecutor) { await server.run() }
        try body(server.port)
        group.cancelAll()
      }
    }
  }

  @Test(
    "passes on any answer that is not an application exception",
    arguments: [
      ("ping", ProbeReading.Verdict.passing, "answered"), ("declared", .passing, "answered"),
      ("Health:ping", .passing, "answered"), ("tired", .critical, "internal error"),
      ("unknown", .critical, "unknown method"), ("Other:ping", .critical, "unknown method"),
    ])
  func answers(_ method: String, _ verdict: ProbeReading.Verdict, _ summary: String) async throws {
    try await Self.with { port in
      for host in ["127.0.0.1", "localhost", "LOCALHOST"] {
        let target = "\(host):\(port)/\(method)"
        let reading = try read(.thrift(ThriftProbe(target: target)))
        #expect(reading.verdict == verdict)
        #expect(reading.summary == "Thrift \(target): \(summary)")
      }
    }
  }

  @Test("tells what the exception says")
  func detail() async throws {
    try await Self.with { port in
      let reading = try read(.thrift(ThriftProbe(target: "127.0.0.1:\(port)/tired")))
      #expect(reading.detail == "too tired")
    }
  }

  @Test("fails where nobody is, nobody answers, or something else does")
  func failures() async throws {
    let nobody = try ThriftServer(nil).port
    let refused = try read(.thrift(ThriftProbe(target: "127.0.0.1:\(nobody)/ping")))
    #expect(refused == ProbeReading(.critical, "Thrift 127.0.0.1:\(nobody)/ping: can't connect: connection refused"))
    let web = try RawServer(.say("HTTP/1.1 400 Bad Request\r\n\r\n"))
    let other = try read(.thrift(ThriftProbe(target: "\(web.address)/ping")))
    #expect(other.verdict == .critical)
    #expect(other.summary.contains("no answer in any dialect"))
    let silent = try RawServer(.hang)
    let late = try read(.thrift(ThriftProbe(target: "\(silent.address)/ping")), timeout: .milliseconds(150))
    #expect(late.summary == "Thrift \(silent.address)/ping: timed out after 150ms")
  }

  @Test("needs a host, a port and a method", arguments: ["nonsense", "a:1", "a:1/", "a/ping", "a:0/ping", ":1/ping"])
  func targets(_ target: String) throws {
    let reading = try read(.thrift(ThriftProbe(target: target)))
    #expect(reading.verdict == .critical)
    #expect(reading.summary.hasPrefix("Thrift \(target): the target"))
  }

  @Test("keeps away from addresses that may not be probed")
  func networks() async throws {
    let settings = ProbeSettings(networks: [try NetworkRange("10.0.0.0/8")])
    for host in ["127.0.0.1", "LOCALHOST"] {
      let reading = try read(.thrift(ThriftProbe(target: "\(host):1/ping")), settings: settings)
      #expect(reading.verdict == .critical)
      #expect(reading.summary.hasSuffix("is not in a network that may be probed (--probe-network)"))
    }
  }

  @Test("can be ended, and says nothing then")
  func cancelled() throws {
    let silent = try RawServer(.hang)
    let loop = try ProbeLoop()
    loop.start(.thrift(ThriftProbe(target: "\(silent.address)/ping")), id: 1, timeout: .seconds(20))
    #expect(loop.count == 1)
    loop.cancel(1)
    #expect(loop.count == 0)
    #expect(loop.wait(until: .now + .milliseconds(50)).isEmpty)
  }
}
