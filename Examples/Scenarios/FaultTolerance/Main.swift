internal import Muster
internal import MusterExampleSupport

/// A service whose instances crash, fail and hang, and calls that get their answers all the same.
@main
struct Main {
  static func main() async {
    await Scene.play("Fault tolerance") { scene in
      let events = Events()
      let fleet = try Fleet(["a", "b", "c"], events)
      defer { fleet.stop() }
      try await withThrowingTaskGroup { group in
        group.addTask { await fleet.client.run(watching: fleet.discovery) }
        try await scene.await("the client knows the three instances of the service") { fleet.isKnown }
        try await crash(scene, fleet, events)
        try await failure(scene, fleet, events)
        try await outage(scene, fleet, events)
        group.cancelAll()
      }
      scene.say("What was decided meanwhile, and why (the first 12):")
      for event in events.all.prefix(12) { scene.note("\(event)") }
    }
  }

  private static func crash(_ scene: Scene, _ fleet: Fleet, _ events: Events) async throws {
    scene.say("All instances work.")
    try scene.show("100 calls are answered", try await fleet.answers(of: 100).count == 100)
    try scene.show("none of them was tried twice", events.retries == 0)

    scene.say("'a' crashes, without a word to the registry.")
    fleet["a"].stop()
    let answers = try await fleet.answers(of: 100)
    try scene.show("100 calls are answered by 'b' and 'c'", answers.count == 100 && Set(answers) == ["b", "c"])
    try scene.show("\(events.retries) of them went to 'a' first, and then elsewhere", events.retries > 0)
  }

  private static func failure(_ scene: Scene, _ fleet: Fleet, _ events: Events) async throws {
    scene.say("'b' answers 500.")
    fleet["b"].turn(.failing)
    let before = fleet["b"].calls
    let answers = try await fleet.answers(of: 100)
    try scene.show("100 calls are answered by 'c'", answers.count == 100 && Set(answers) == ["c"])
    let asked = fleet["b"].calls - before
    try scene.show("'b' was asked \(asked) times, until its breaker opened", (1...30).contains(asked))
    try scene.show("the breakers of both are events", events.opened.isSuperset(of: ["a", "b"]))
  }

  private static func outage(_ scene: Scene, _ fleet: Fleet, _ events: Events) async throws {
    let cache = try ResponseCache(
      ResponseCache.Settings(lifetime: .milliseconds(1)), store: try MemoryCacheStore(), now: { .now },
      observe: events.add)
    let fetch: ResponseCache.Fetch = { try await fleet.client.get("/greeting").body }
    let kept = try await cache.answer(for: "greeting", fetch: fetch).bytes

    scene.say("'c' hangs: now nobody answers.")
    fleet["c"].turn(.hanging)
    try await Task.sleep(for: .milliseconds(2))
    do {
      let answers = try await fleet.answers(of: 1)
      try scene.show("a call fails, but was answered by \(answers)", false)
    } catch let error where !(error is Scene.DidNotHappen) {
      try scene.show("a call fails: \(error)", true)
      let fallback = try await Fallback.value("we will be back soon").answer(to: error)
      try scene.show("with a fallback its answer is '\(fallback)'", fallback == "we will be back soon")
    }
    let stale = try await cache.answer(for: "greeting", fetch: fetch)
    try scene.show(
      "with a cache its answer is the last good one, said to be stale", stale.bytes == kept && stale.isStale)

    scene.say("'b' recovers.")
    fleet["b"].turn(.well)
    try await scene.await("a call tries it, its breaker closes, and calls are answered again") {
      (try? await fleet.answers(of: 1)) == ["b"]
    }
  }
}

extension CachedAnswer {
  fileprivate var isStale: Bool { if case .stale = source { true } else { false } }
}
