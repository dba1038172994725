internal import MusterCatalog
internal import MusterTestSupport
internal import Testing

@testable internal import MusterEngine

@Suite("The table of watchers")
struct WatchTableTests {
  private let start = ContinuousClock.now
  private let woken = Inbox<String>()

  private func add(
    _ name: String, _ topic: Topic, after index: UInt64, seconds: Int = 60, to table: inout WatchTable
  ) -> WatchTable.Token {
    table.add(topic, after: index, until: start + .seconds(seconds)) { [woken] end in woken.add("\(name) \(end)") }
  }

  /// The names of those that `watchers` are, sorted.
  private func names(_ watchers: [WatchTable.Watcher]) -> [String] {
    for watcher in watchers { watcher.wake(.changed) }
    return woken.next(watchers.count).sorted()
  }

  typealias Case = (topics: Set<Topic>, revision: UInt64, woken: [String])

  @Test(
    "wakes those whose topic has changed past what they have seen, and nobody else",
    arguments: [
      ([], 100, []),
      ([.service("other")], 100, []),
      ([.service("web")], 5, []),
      ([.service("web")], 6, ["a changed"]),
      ([.service("web")], 8, ["a changed", "b changed"]),
      ([.service("db")], 100, ["c changed"]),
      ([.services], 100, ["d changed"]),
      ([.node("web")], 100, ["e changed"]),
      ([.nodes], 100, []),
      ([.checks], 100, ["f changed"]),
      ([.checks, .services, .service("web")], 6, ["a changed", "d changed", "f changed"]),
    ] as [Case])
  func wakes(table: Case) {
    var watchers = WatchTable()
    _ = add("a", .service("web"), after: 5, to: &watchers)
    _ = add("b", .service("web"), after: 7, to: &watchers)
    _ = add("c", .service("db"), after: 5, to: &watchers)
    _ = add("d", .services, after: 5, to: &watchers)
    _ = add("e", .node("web"), after: 5, to: &watchers)
    _ = add("f", .checks, after: 5, to: &watchers)
    #expect(names(watchers.takeChanged(table.topics) { _ in table.revision }) == table.woken)
    #expect(watchers.count == 6 - table.woken.count)
    #expect(watchers.takeChanged(table.topics) { _ in table.revision }.count == 0)
  }

  @Test("asks for the revision of the topics that have watchers alone")
  func asksLittle() {
    var watchers = WatchTable()
    _ = add("a", .service("web"), after: 5, to: &watchers)
    var asked: [Topic] = []
    _ = watchers.takeChanged([.service("web"), .service("db"), .nodes]) { topic in
      asked.append(topic)
      return 0
    }
    #expect(asked == [.service("web")])
  }

  @Test("gives those whose time is up, and when the next one's is")
  func deadlines() {
    var watchers = WatchTable()
    #expect(watchers.nextDeadline() == nil)
    _ = add("late", .nodes, after: 5, seconds: 30, to: &watchers)
    _ = add("early", .nodes, after: 5, seconds: 10, to: &watchers)
    let gone = add("gone", .nodes, after: 5, seconds: 5, to: &watchers)
    #expect(watchers.nextDeadline() == start + .seconds(5))
    #expect(watchers.remove(gone) == true)
    #expect(watchers.nextDeadline() == start + .seconds(10))
    #expect(watchers.takeDue(at: start + .milliseconds(9_999)).count == 0)
    #expect(names(watchers.takeDue(at: start + .seconds(10))) == ["early changed"])
    #expect(watchers.nextDeadline() == start + .seconds(30))
    #expect(names(watchers.takeChanged([.nodes]) { _ in 9 }) == ["late changed"])
    #expect(watchers.nextDeadline() == nil)
  }

  @Test("of many watchers of a topic, those wait on that have seen its change, and each until its own time")
  func many() {
    var watchers = WatchTable()
    let tokens = (0..<1_000).map { number in
      add("\(number)", .nodes, after: UInt64(number % 2), seconds: 1 + number, to: &watchers)
    }
    #expect(watchers.takeChanged([.nodes, .services]) { _ in 1 }.count == 500)
    #expect(watchers.count == 500)
    #expect(watchers.takeDue(at: start + .seconds(100)).count == 50)
    // Those with an even number were woken, those up to 100 timed out.
    let waiting = tokens.indices.filter { watchers.remove(tokens[$0]) }
    #expect(waiting == Array(stride(from: 101, to: 1_000, by: 2)))
    #expect(watchers.nextDeadline() == nil)
  }

  @Test("a watcher is taken out once, whatever takes it out")
  func removal() {
    var watchers = WatchTable()
    let token = add("a", .nodes, after: 5, to: &watchers)
    #expect(watchers.remove(token) == true)
    #expect(watchers.remove(token) == false)
    #expect(watchers.takeChanged([.nodes]) { _ in 9 }.count == 0)
    #expect(watchers.takeDue(at: start + .seconds(100)).count == 0)
    let other = add("b", .nodes, after: 5, to: &watchers)
    #expect(other != token)
    #expect(watchers.close().count == 1)
    #expect(watchers.remove(other) == false)
    #expect(watchers.count == 0)
    #expect(watchers.nextDeadline() == nil)
  }
}
