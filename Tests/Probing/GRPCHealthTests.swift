import MusterHTTPServer
import Testing

@testable import MusterProbing

@Suite("The gRPC health service")
struct GRPCHealthTests {
  @Test(
    "is asked in a frame", arguments: [("", [0, 0, 0, 0, 0]), ("web", [0, 0, 0, 0, 5, 0x0A, 3, 0x77, 0x65, 0x62])])
  func request(_ service: String, _ bytes: [UInt8]) {
    #expect(GRPCHealth.request(service: service) == bytes)
  }

  @Test("is asked of names that are long")
  func longName() {
    let frame = GRPCHealth.request(service: String(repeating: "x", count: 300))
    #expect(frame.count == 5 + 3 + 300)
    #expect(Array(frame[1..<8]) == [0, 0, 1, 47, 0x0A, 0xAC, 0x02])
  }

  @Test(
    "answers with a status, whatever else it says",
    arguments: [
      ([0, 0, 0, 0, 2, 8, 1], GRPCHealth.Status.serving), ([0, 0, 0, 0, 2, 8, 2], .notServing),
      ([0, 0, 0, 0, 2, 8, 3], .serviceUnknown), ([0, 0, 0, 0, 0], .unknown), ([0, 0, 0, 0, 2, 8, 99], .unknown),
      ([0, 0, 0, 0, 4, 16, 7, 8, 1], .serving), ([0, 0, 0, 0, 5, 0x1A, 1, 0, 8, 1], .serving),
      ([0, 0, 0, 0, 4, 8, 2, 8, 1], .serving), ([0, 0, 0, 0, 7, 0x1D, 0, 0, 0, 0, 8, 1], .serving),
    ])
  func status(_ frame: [UInt8], _ status: GRPCHealth.Status) {
    #expect(GRPCHealth.status(in: frame) == status)
  }

  @Test(
    "is not taken for something that is no answer",
    arguments: [
      [], [0], [0, 0, 0, 0], [1, 0, 0, 0, 2, 8, 1], [0, 0, 0, 0, 3, 8, 1], [0, 0, 0, 0, 1, 8], [0, 0, 0, 0, 1, 8, 1],
      [0, 255, 255, 255, 255], [0, 0, 0, 0, 2, 0x0A, 1], [0, 0, 0, 0, 2, 0x1A, 99], [0, 0, 0, 0, 1, 0x0F],
      [0, 0, 0, 0, 12, 8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255],
      [0, 0, 0, 0, 11, 0x1A, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
    ] as [[UInt8]])
  func malformed(_ frame: [UInt8]) {
    #expect(GRPCHealth.status(in: frame) == nil)
  }

  @Test("survives random frames")
  func random() {
    var random = SplitMix64(seed: 11)
    var understood = 0
    for _ in 0..<100_000 {
      let message = (0..<Int.random(in: 0...8, using: &random)).map { _ in UInt8.random(in: 0...32, using: &random) }
      if GRPCHealth.status(in: [0, 0, 0, 0, UInt8(message.count)] + message) != nil { understood += 1 }
    }
    #expect((1_000..<100_000).contains(understood))
  }

  @Test(
    "names statuses", arguments: [("5", "gRPC status 5 NOT_FOUND"), ("99", "gRPC status 99"), ("x", "gRPC status x")])
  func names(_ code: String, _ text: String) {
    #expect(GRPCHealth.describe(status: code) == text)
  }

  @Test("is not found at a server that does not speak HTTP/2, or that says nothing")
  func otherServers() throws {
    let server = try serve { _ in HTTPResponse(status: 200) }
    let reading = try read(.grpc(GRPCProbe(target: "127.0.0.1:\(server.address.port)/web")))
    #expect(reading.verdict == .critical)
    #expect(reading.summary.hasPrefix("gRPC 127.0.0.1:\(server.address.port)/web: "))
    let silent = try RawServer(.hang)
    #expect(
      try read(.grpc(GRPCProbe(target: silent.address)), timeout: .milliseconds(150)).summary
        == "gRPC \(silent.address): timed out after 150ms")
    #expect(try read(.grpc(GRPCProbe(target: "nonsense"))).summary.contains("HOST:PORT"))
  }
}
