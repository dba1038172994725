internal import Muster
internal import MusterHTTPServer
internal import MusterThreading
internal import Testing

@Suite("A service client with a cache")
struct CachedAnswerTests {
  private let events = Locked<[ResilienceEvent]>([])

  private func client(
    _ webs: [Web], store: any CacheStore, cache settings: ResponseCache.Settings = .init(lifetime: .seconds(3_600))
  ) throws -> ServiceClient {
    var calls = CallSettings()
    calls.attemptTimeout = .seconds(30)
    calls.deadline = nil
    calls.maximumAttempts = 1
    let observe: @Sendable (ResilienceEvent) -> Void = { [events] event in events.withLock { $0.append(event) } }
    let cache = try ResponseCache(settings, store: store, now: { .now }, observe: observe)
    let client = try ServiceClient("web", settings: calls, cache: cache, observer: observe)
    client.caller.update(Snapshot(service: "web", instances: webs.map(\.instance)))
    return client
  }

  @Test("asks once for what may be kept, with the answer's status, headers and body")
  func once() async throws {
    let web = try Web("w")
    web.behave(.send(HTTPResponse(status: 203, headers: [("X-A", "b")], body: Array("hello".utf8))))
    let client = try client([web], store: MemoryCacheStore())
    for _ in 0..<5 {
      let answer = try await client.get("/a")
      #expect(answer.status == 203 && answer.headers["x-a"] == "b" && answer.text == "hello")
    }
    #expect(web.requests == ["GET /a"])
    _ = try await client.get("/a", headers: [("Accept", "text/plain")])
    #expect(web.requests.count == 2)
  }

  @Test(
    "asks each time for what is for one caller, a part, or changes something",
    arguments: [
      ("GET", "Authorization"), ("GET", "Cookie"), ("GET", "range"), ("GET", "If-None-Match"), ("GET", "Cache-Control"),
      ("HEAD", "X-A"), ("PUT", "X-A"), ("DELETE", "X-A"),
    ])
  func uncached(method: String, header: String) async throws {
    let web = try Web("w")
    let client = try client([web], store: MemoryCacheStore())
    for _ in 0..<3 { _ = try await client.request(method, "/a", headers: [(header, "x")]) }
    #expect(web.requests.count == 3)
  }

  @Test(
    "keeps no answer that is not for all or whose status is not to be kept",
    arguments: [
      (200, "Cache-Control", "max-age=5, no-store"), (200, "cache-control", "Private=\"x\""),
      (200, "Set-Cookie", "a=b"),
      (200, "Cache-Control", " no-cache"), (200, "Vary", "*"), (201, "X", "y"), (206, "X", "y"), (401, "X", "y"),
      (403, "X", "y"),
    ])
  func unkept(status: Int, name: String, value: String) async throws {
    let web = try Web("w")
    web.behave(.send(HTTPResponse(status: status, headers: [(name, value)], body: [])))
    let client = try client([web], store: MemoryCacheStore())
    for _ in 0..<3 { #expect(try await client.get("/a").status == status) }
    #expect(web.requests.count == 3)
  }

  @Test("answers from what is kept while every instance fails")
  func staleIfError() async throws {
    let web = try Web("w")
    let store = try MemoryCacheStore()
    let client = try client(
      [web], store: store, cache: .init(lifetime: .milliseconds(1), staleIfError: .seconds(3_600)))
    #expect(try await client.get("/a").text == "w")
    web.behave(.answer(503))
    try await Task.sleep(for: .milliseconds(2))
    #expect(try await client.get("/a").text == "w")
    #expect(events.withLock { $0.contains { if case .staleServed = $0 { true } else { false } } })
    await #expect(throws: ServiceStatusError.self) { try await client.get("/b") }
  }

  @Test("takes bytes in the cache that are no answer for nothing")
  func foreignBytes() async throws {
    let web = try Web("w")
    let store = try MemoryCacheStore()
    let client = try client([web], store: store)
    store.save([9, 9, 9], for: "GET web /a", lifetime: .seconds(3_600), at: .now)
    for _ in 0..<2 { #expect(try await client.get("/a").text == "w") }
    #expect(web.requests.count == 1)
  }
}

@Suite("A fallback of a service client")
struct FallbackTests {
  private let events = Locked<[ResilienceEvent]>([])

  private func client(cache: ResponseCache? = nil) throws -> ServiceClient {
    try ServiceClient("web", cache: cache) { [events] event in events.withLock { $0.append(event) } }
  }

  @Test("is answered when all failed, and says so")
  func value() async throws {
    let known = try Web("w")
    let helper = try ServiceClient("other")
    helper.caller.update(Snapshot(service: "other", instances: [known.instance]))
    let answer = try await helper.get("/")
    let client = try client()
    client.caller.update(Snapshot(service: "web", instances: []))
    await #expect(throws: CallError.self) { try await client.get("/") }
    #expect(try await client.get("/", fallback: .value(answer)).text == "w")
    #expect(try await client.post("/", [1], fallback: .closure { _ in try await helper.get("/") }).text == "w")
    let used = events.withLock { $0.filter { if case .fallbackUsed = $0 { true } else { false } } }
    #expect(used.map { "\($0)" }.count == 2)
    #expect("\(used)".contains("there are no instances"))
  }

  @Test("is the last answer, however old, where there is one")
  func stale() async throws {
    let web = try Web("w")
    let cache = try ResponseCache(
      .init(lifetime: .milliseconds(1), staleIfError: .zero), store: KeepingStore(), now: { .now })
    let client = try client(cache: cache)
    client.caller.update(Snapshot(service: "web", instances: [web.instance]))
    #expect(try await client.get("/").text == "w")
    client.caller.update(Snapshot(service: "web", instances: []))
    try await Task.sleep(for: .milliseconds(2))
    #expect(try await client.get("/", fallback: .stale).text == "w")
    await #expect(throws: CallError.self) { try await client.get("/") }
    await #expect(throws: CallError.self) { try await client.get("/other", fallback: .stale) }
  }
}

/// Keeps what it is given, whatever its lifetime.
private final class KeepingStore: CacheStore {
  private let values = Locked<[String: (bytes: [UInt8], saved: ContinuousClock.Instant)]>([:])

  func load(_ key: String, at now: ContinuousClock.Instant) -> CachedValue? {
    values.withLock { $0[key] }.map { CachedValue(bytes: $0.bytes, age: $0.saved.duration(to: now)) }
  }

  func save(_ bytes: [UInt8], for key: String, lifetime: Duration, at now: ContinuousClock.Instant) {
    values.withLock { $0[key] = (bytes, now) }
  }

  func remove(_ key: String) { values.withLock { $0[key] = nil } }
}
