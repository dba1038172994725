internal import MusterDiscovery

extension Conformance {
  func lostRegistry(_ disturbance: Disturbance) async throws -> Findings {
    var findings = Findings()
    let service = "conformance-lost"
    try await put(service, [1, 2])
    var reader = provider.watch(service).makeAsyncIterator()
    _ = await Self.read(&reader) { $0.isLive && Self.numbers($0.instances) == [1, 2] }

    try await disturbance.begin()
    let stale = await Self.read(&reader) { !$0.isLive }
    findings.expect(
      stale.map { Self.numbers($0.instances) }, [1, 2], "when the registry goes away, the last list comes again")
    if case .stale(let reason) = stale?.freshness {
      findings.expect(!reason.isEmpty, "a stale snapshot says why", found: "an empty reason")
    }
    do {
      _ = try await provider.discover(service)
      findings.expect(false, "discover throws while the registry is away", found: "no error")
    } catch let error as DiscoveryError {
      findings.expect(
        error.code == .unavailable || error.code == .invalidResponse,
        "discover throws unavailable or invalidResponse while the registry is away", found: "\(error)")
    }
    var late = provider.watch("conformance-late").makeAsyncIterator()
    let first = await late.next()
    findings.expect(
      first.map { !$0.isLive && $0.instances.isEmpty } == true,
      "a watch that begins while the registry is away begins with an empty stale snapshot",
      found: "\(first.map { "\($0)" } ?? "the end")")

    try await disturbance.end()
    let live = await Self.read(&reader) { $0.isLive }
    findings.expect(
      live.map { Self.numbers($0.instances) }, [1, 2],
      "when the registry is back, a live snapshot follows, changed or not")
    let caughtUp = await Self.read(&late) { $0.isLive }
    findings.expect(caughtUp != nil, "a watch that began while it was away catches up", found: "the end")
    try await put(service, [], instead: [1, 2])
    return findings
  }
}
