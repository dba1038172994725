internal import MusterCommandLine
internal import MusterJSON
internal import Testing

@Suite("Watching a service")
struct WatchTests {
  @Test("instances that came, left and turned are told one by one")
  func differences() throws {
    let old = [try instance("a"), try instance("b"), try instance("c")]
    let new = [try instance("b", "critical"), try instance("c"), try instance("d", "warning")]
    let changes = InstanceChange.between(old, new)
    #expect(changes == [.removed(old[0]), .turned(new[0], from: .passing), .added(new[2])])
    #expect(
      changes.map { $0.line(colour: false) } == [
        "- a 10.0.0.1:80", "~ b passing → critical: output of b", "+ d 10.0.0.1:80 warning: output of d",
      ])
  }

  @Test("the same list in another order is no change")
  func order() throws {
    let list = [try instance("a"), try instance("b")]
    #expect(InstanceChange.between(list, list.reversed()).isEmpty)
  }

  @Test("an instance that moves and turns gives two changes; a new output alone gives none")
  func altered() throws {
    let old = try instance("a", "critical")
    var new = try instance("a")
    new.port = 81
    #expect(InstanceChange.between([old], [new]) == [.altered(new, from: old), .turned(new, from: .critical)])
    #expect(InstanceChange.altered(new, from: old).line(colour: false) == "~ a 10.0.0.1:81 was 10.0.0.1:80")
    var louder = old
    louder.output = "other"
    #expect(InstanceChange.between([old], [louder]).isEmpty)
  }

  @Test("instances with the same id on two nodes are two instances")
  func nodes() throws {
    var other = try instance("a")
    other.node = "n2"
    #expect(InstanceChange.between([try instance("a")], [try instance("a"), other]) == [.added(other)])
  }

  @Test("lines can't steer the terminal, and colours are the status's")
  func line() throws {
    var bad = try instance("a\u{1B}[2J", "critical")
    bad.output = "two\nlines"
    let plain = InstanceChange.added(bad).line(colour: false)
    #expect(plain == "+ a\u{FFFD}[2J 10.0.0.1:80 critical: two lines")
    #expect(InstanceChange.added(bad).line(colour: true).contains("\u{1B}[31mcritical\u{1B}[0m"))
  }

  @Test("the first answer is told even if it is empty, a time-out's is not")
  func progress() throws {
    var progress = WatchProgress()
    #expect(progress.index == 0)
    #expect(progress.receive([], index: 5) == [])
    #expect(progress.receive([], index: 5) == nil)
    let web = try instance("a")
    #expect(progress.receive([web], index: 6) == [.added(web)])
    #expect(progress.index == 6)
  }

  @Test("an index that goes back starts from 0 and tells nothing twice")
  func indexGoesBack() throws {
    var progress = WatchProgress()
    let web = try instance("a")
    _ = progress.receive([web], index: 100)
    #expect(progress.receive([web], index: 3) == nil)
    #expect(progress.index == 0)
    #expect(progress.receive([], index: 4) == [.removed(web)])
    #expect(progress.index == 4)
  }

  @Test("an index that is no index does not make the watch ask without end", arguments: [0, -1, Int.min])
  func badIndex(index: Int) {
    var progress = WatchProgress()
    _ = progress.receive([], index: 7)
    #expect(progress.receive([], index: index) == nil)
    #expect(progress.index == 0)
    for _ in 0..<3 {
      #expect(progress.receive([], index: index) == nil)
      #expect(progress.index == 1)
    }
  }

  @Test("after a failure it asks for an answer at once, and tells only what is different")
  func lostState() throws {
    var progress = WatchProgress()
    var random = SeededGenerator(seed: 4)
    let (web, other) = (try instance("a"), try instance("b"))
    _ = progress.receive([web, other], index: 90)
    _ = progress.fail(using: &random)
    #expect(progress.index == 0)
    #expect(progress.receive([other], index: 12) == [.removed(web)])
    #expect(progress.index == 12)
  }

  @Test("a refusal ends it before the first answer only; nothing else that is wrong with an answer does")
  func outlasts() {
    var progress = WatchProgress()
    let codes: [CommandError.Code] = [.away, .unreadable, .failed, .notFound, .usage, .interrupted, .outputClosed]
    let survived = { (progress: WatchProgress) in codes.filter { progress.outlasts(CommandError($0, "")) } }
    #expect(survived(progress) == [.away, .unreadable])
    _ = progress.receive([], index: 1)
    #expect(survived(progress) == [.away, .unreadable, .failed, .notFound])
  }

  @Test("each failure doubles the wait up to 10 s, with at least half of it waited; an answer starts over")
  func backoff() throws {
    var progress = WatchProgress()
    var random = SeededGenerator(seed: 3)
    for longest in [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000] {
      let delay = progress.fail(using: &random)
      #expect(delay >= .milliseconds(longest / 2) && delay <= .milliseconds(longest))
    }
    #expect(progress.failures == 9)
    let web = try instance("a")
    _ = progress.receive([web], index: 1)
    #expect(progress.failures == 0)
    #expect(progress.fail(using: &random) <= .milliseconds(250))
    #expect(progress.instances == [web])
  }

  private func instance(_ id: String, _ status: String = "passing") throws -> ListedInstance {
    var instance = try ListedInstance(
      JSON(
        answer: Array(
          """
          {"Node":{"Node":"n1"},"Service":{"Service":"web","Address":"10.0.0.1","Port":80},
           "Checks":[{"Status":"\(status)","Output":"output"}]}
          """.utf8)))
    instance.id = id
    instance.output = status == "passing" ? "" : "output of \(id)"
    return instance
  }
}
