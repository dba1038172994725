import Muster
import MusterDiscoveryConformance
import MusterTestSupport
import Testing

@Suite("A file with services")
struct FileDiscoveryTests {
  private let clock = HandClock()

  @Test("keeps every promise of a provider that only reads, also while it is broken")
  func conformance() async throws {
    let file = try WrittenFile()
    let suite = Conformance(
      try FileDiscovery(path: file.path, period: .milliseconds(5)), source: .reader { try file.set($0, $1) },
      disturbance: .init(begin: { try file.write("{") }, end: { try file.rewrite() }), patience: .seconds(300))
    #expect(await suite.run() == [])
  }

  @Test("has everything that an instance can have")
  func whole() async throws {
    let file = try WrittenFile()
    try file.write(
      """
      {"services": {"web": [
        {"host": "10.0.0.7", "port": 8080},
        {"id": "b", "host": "::1", "port": 1, "tags": ["t"], "metadata": {"k": "v"}, "weight": 0, "zone": "z",
         "health": "warning"},
        {"id": "c", "host": "h", "port": 2, "health": "critical"}
      ]}}
      """)
    let instances = try await FileDiscovery(path: file.path).discover("web")
    #expect(
      instances == [
        Instance(
          id: "b", service: "web", endpoint: Endpoint(host: "::1", port: 1), tags: ["t"], metadata: ["k": "v"],
          weight: 0, zone: "z", health: .warning),
        Instance(id: "web-10.0.0.7:8080", service: "web", endpoint: Endpoint(host: "10.0.0.7", port: 8080)),
      ])
  }

  @Test("that is gone or broken leaves the last list, marked stale, with where it is wrong")
  func broken() async throws {
    let file = try WrittenFile()
    let good = #"{"services": {"web": [{"host": "h", "port": 80}]}}"#
    try file.write(good)
    var reader = try FileDiscovery(path: file.path, clock: clock).watch("web").makeAsyncIterator()
    #expect(await reader.next()?.freshness == .live)
    for (text, reason) in [(nil, "can't read"), ("{\n  x", "line 2, column 3"), (#"{"services": 1}"#, "services is 1")]
    {
      if let text { try file.write(text) } else { file.remove() }
      clock.advance(by: .seconds(1))
      let stale = await reader.next()
      #expect(stale?.instances.count == 1)
      guard case .stale(let words) = stale?.freshness else {
        Issue.record("not stale: \(String(describing: stale))")
        continue
      }
      #expect(words.contains(reason) && words.contains(file.path), "\(words)")
      try file.write(good)
      clock.advance(by: .seconds(1))
      #expect(await reader.next()?.freshness == .live)
    }
  }

  @Test(
    "is refused with the place that is wrong",
    arguments: [
      ("", ""), ("[]", "it is []: an object"), ("{}", "services is missing"), ("null", "services is missing"),
      (#"{"services": {}, "x": 1}"#, "x is 1: one of services"),
      (#"{"services": {"web": {}}}"#, "services.web is {}: a list"),
      (#"{"services": {"web": [1]}}"#, "services.web[0] is 1: an object"),
      (#"{"services": {"web": [null]}}"#, "services.web[0] is missing"),
      (#"{"services": {"web": [{"port": 80}]}}"#, "services.web[0].host is missing: a text"),
      (#"{"services": {"web": [{"host": "h"}]}}"#, "services.web[0].port is missing: a number from 1"),
      (#"{"services": {"web": [{"host": "h", "port": 0}]}}"#, "services.web[0].port is 0: a number from 1 to 65535"),
      (#"{"services": {"web": [{"host": "h", "port": 70000}]}}"#, "services.web[0].port is 70000"),
      (#"{"services": {"web": [{"host": "", "port": 1}]}}"#, "the host of 0 bytes"),
      (
        #"{"services": {"web": [{"host": "h", "port": 1, "weigth": 1}]}}"#,
        "services.web[0].weigth is 1: one of id, host"
      ),
      (#"{"services": {"web": [{"host": "h", "port": 1, "weight": 65536}]}}"#, "weight is 65536: a number from 0"),
      (#"{"services": {"web": [{"host": "h", "port": 1, "health": "ok"}]}}"#, "health is \"ok\": one of passing"),
      (#"{"services": {"web": [{"host": "h", "port": 1, "tags": "t"}]}}"#, "tags is \"t\": a list"),
      (#"{"services": {"web": [{"host": "h", "port": 1, "metadata": {"k": 1}}]}}"#, "metadata.k is 1: a text"),
      (#"{"services": {"w b": [{"host": "h", "port": 1}]}}"#, "the service name 'w b'"),
      (#"{"services": {"web": [{"host": "h", "port": 1}, {"host": "h", "port": 1}]}}"#, "no other instance has"),
    ])
  func wrong(text: String, part: String) async throws {
    let file = try WrittenFile()
    try file.write(text)
    let error = await #expect(throws: DiscoveryError.self) { try await FileDiscovery(path: file.path).discover("web") }
    #expect(error?.code == .invalidResponse)
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
  }

  @Test("may not be too large")
  func large() async throws {
    let file = try WrittenFile()
    try file.write(String(repeating: " ", count: 4 << 20 | 1))
    await #expect(throws: DiscoveryError.self) { try await FileDiscovery(path: file.path).discover("web") }
  }

  @Test("may be anything: bytes changed by chance give instances or an error", arguments: 0..<4 as Range<UInt64>)
  func random(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let file = try WrittenFile()
    let good = Array(
      #"{"services": {"web": [{"id": "b", "host": "h", "port": 1, "tags": ["t"], "weight": 0, "health": "warning"}]}}"#
        .utf8)
    let provider = try FileDiscovery(path: file.path)
    var outcomes: Set<Bool> = []
    for _ in 0..<200 {
      var bytes = good
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0x20...0x7E, using: &random)
      try file.write(String(decoding: bytes, as: UTF8.self))
      do {
        #expect(try await provider.discover("web").count <= 1)
        outcomes.insert(true)
      } catch let error as DiscoveryError {
        #expect(error.code == .invalidResponse)
        outcomes.insert(false)
      }
    }
    #expect(outcomes == [true, false])
  }

  @Test("needs a path and a sound period", arguments: [("", 1_000), ("/x", 0), ("/x", 3_600_001)])
  func settings(path: String, milliseconds: Int) {
    let error = #expect(throws: DiscoveryError.self) {
      try FileDiscovery(path: path, period: .milliseconds(milliseconds))
    }
    #expect(error?.code == .invalidArgument)
  }
}
