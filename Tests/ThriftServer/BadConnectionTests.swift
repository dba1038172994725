import MusterTestSupport
import MusterThrift
import MusterThriftServer
import Testing

@Suite("A connection that does not speak Thrift")
struct BadConnectionTests {
  private static let good = SpokenThrift(ThriftDialect(.binary, .framed))

  /// What is sent, and the answers that come before the end.
  static let cases: [(what: String, bytes: [UInt8], answers: Int)] = {
    func hex(_ text: String) -> [UInt8] {
      let digits = text.filter { $0 != " " }.utf8.map { $0 > 0x60 ? $0 - 0x57 : $0 - 0x30 }
      return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
    let call = (try? good.call("echo", "x")) ?? []
    let compact = (try? SpokenThrift(ThriftDialect(.compact, .framed)).call("echo", "x")) ?? []
    let reply = (try? good.call("echo", "x", 1, .reply)) ?? []
    return [
      ("HTTP", Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8), 0),
      ("TLS", hex("16030102000100 01fc0303"), 0),
      ("zeros", [UInt8](repeating: 0, count: 64), 0),
      ("a negative size", hex("ffffffff 80010001"), 0),
      ("a size beyond the limit", hex("7fffffff 80010001 00000001"), 0),
      ("another version", hex("80020001 00000001 61 00000000 00"), 0),
      ("an unframed string beyond the limit", hex("80010001 00000001 61 00000000 0b0001 7fffffff"), 0),
      ("an unframed list beyond the limit", hex("80010001 00000001 61 00000000 0f0001 08 7fffffff"), 0),
      ("a negative string", hex("80010001 00000001 61 00000000 0b0001 ffffffff"), 0),
      ("a type that is none", hex("80010001 00000001 61 00000000 63 0001"), 0),
      (
        "endless nesting",
        hex("80010001 00000001 61 00000000")
          + (0..<100).flatMap { _ in [0x0C, 0, 1] as [UInt8] }, 0
      ),
      ("THeader with transforms", hex("00000014 0fff 0000 00000000 0001 00 01 01 00 00000000 0000"), 0),
      ("a name beyond the limit", hex("80010001 00100000 61"), 0),
      ("another protocol within a connection", call + compact, 1),
      ("noise after a call", call + hex("ffffffff"), 1),
      ("an answer", call + reply, 1),
      ("a frame without a message", call + hex("00000001 00"), 1),
      ("JSON of another version", Array("[2,\"echo\",1,0,{}]".utf8), 0),
    ]
  }()

  @Test("is ended with a line in the log, and nothing else is touched", arguments: cases.map(\.what))
  func bad(_ what: String) async throws {
    let entry = try #require(Self.cases.first { $0.what == what })
    try await RunningServer.with { running in
      let other = try running.connect()
      other.send(try Self.good.call("echo", "before"))
      #expect(try Self.good.read(1, from: other).count == 1)
      let connection = try running.connect()
      connection.send(entry.bytes)
      let answers = try Self.good.read(5, from: connection)
      #expect(answers.count == entry.answers)
      #expect(running.log.next()?.hasPrefix("the client at 127.0.0.1:") == true)
      other.send(try Self.good.call("echo", "after"))
      #expect(try Self.good.read(1, from: other).count == 1)
    }
  }

  @Test("is ended, whatever it sends, and nothing else is touched")
  func noise() async throws {
    var random = SplitMix64(seed: 61)
    try await RunningServer.with { running in
      for _ in 0..<300 {
        let connection = try running.connect()
        let dialect = SpokenThrift.dialects[Int.random(in: 0..<SpokenThrift.dialects.count, using: &random)]
        var bytes = try SpokenThrift(dialect).call("echo", "some text", 1)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        connection.send(bytes)
        connection.finish()
        _ = connection.readAll()
      }
      #expect(try running.answers())
    }
  }
}
