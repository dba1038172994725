import MusterCatalog
import MusterProbing
import Testing

@testable import MusterChecks

@Suite("A board of checks")
struct CheckBoardTests {
  private let begin = ContinuousClock.now
  private let key = CheckKey(node: "n1", id: "c1")
  private var board = CheckBoard(settings: CheckSettings(damping: nil), random: SplitMix64(seed: 1))

  private func check(_ probe: CheckDefinition.Probe, status: HealthStatus = .critical, output: String = "") -> Check {
    Check(
      id: "c1", name: "c", status: status, output: output,
      definition: CheckDefinition(probe: probe, interval: .seconds(10), timeout: .seconds(3)))
  }

  private typealias Board = CheckBoard<SplitMix64>

  private static func nextDeadline(_ board: inout Board) throws -> ContinuousClock.Instant {
    let deadline = board.nextDeadline()
    return try #require(deadline)
  }

  private static func start(_ board: inout Board, at now: ContinuousClock.Instant) throws -> Board.Start {
    let starts = board.start(at: now)
    return try #require(starts.first)
  }

  @Test("starts a check soon, reports what it found, and starts it again after its interval")
  mutating func run() throws {
    board.put(check(.tcp("h:1")), key: key, at: begin)
    let first = try Self.nextDeadline(&board)
    #expect(first - begin < .milliseconds(10))
    let starts = board.start(at: first)
    #expect(starts.map(\.probe) == [.tcp(TCPProbe(address: "h:1"))])
    #expect(starts.map(\.timeout) == [.seconds(3)])
    #expect(board.start(at: first + .seconds(60)).isEmpty, "it runs")
    let finished = board.finish(starts[0].id, .reading(ProbeReading(.passing, "connected")), at: first + .seconds(1))
    let report = try #require(finished)
    #expect(report.check == key)
    #expect(report.status == .passing)
    #expect(report.output == "connected")
    #expect(!report.isHeartbeat)
    let second = try Self.nextDeadline(&board)
    #expect(second <= first + .seconds(11))
  }

  @Test("reports nothing that the catalog has already, and again what it does not have")
  mutating func news() throws {
    board.put(check(.tcp("h:1"), status: .passing, output: "connected"), key: key, at: begin)
    var now = begin
    func finish(_ board: inout CheckBoard<SplitMix64>) throws -> Command.Report? {
      now = try Self.nextDeadline(&board)
      let start = try Self.start(&board, at: now)
      return board.finish(start.id, .reading(ProbeReading(.passing, "connected")), at: now)
    }
    #expect(try finish(&board) == nil)
    #expect(try finish(&board) == nil)
    // Somebody else has changed the status meanwhile.
    board.put(check(.tcp("h:1"), status: .critical), key: key, at: now)
    #expect(try finish(&board)?.status == .passing)
    // The report was not taken.
    #expect(try finish(&board)?.status == .passing)
    board.put(check(.tcp("h:1"), status: .passing, output: "connected"), key: key, at: now)
    #expect(try finish(&board) == nil)
  }

  @Test("takes what this machine could not do for no result")
  mutating func notRun() throws {
    board.put(check(.tcp("h:1"), status: .passing), key: key, at: begin)
    let start = try Self.start(&board, at: begin + .seconds(1))
    #expect(board.finish(start.id, .notRun("no sockets"), at: begin + .seconds(1)) == nil)
    #expect(board.nextDeadline() != nil)
    #expect(board.runningCount == 0)
  }

  @Test("ends the probe of a check that is removed or changed, and takes no result of it")
  mutating func removal() throws {
    board.put(check(.tcp("h:1")), key: key, at: begin)
    let old = try Self.start(&board, at: begin + .seconds(1))
    board.put(check(.tcp("h:2")), key: key, at: begin + .seconds(1))
    #expect(board.takeCancelled() == [old.id])
    #expect(board.takeCancelled() == [])
    #expect(board.finish(old.id, .reading(ProbeReading(.passing, "late")), at: begin + .seconds(2)) == nil)
    let new = try Self.start(&board, at: begin + .seconds(3))
    #expect(new.probe == .tcp(TCPProbe(address: "h:2")))
    board.remove(key)
    board.remove(key)
    #expect(board.takeCancelled() == [new.id])
    #expect(board.count == 0)
    #expect(board.runningCount == 0)
    #expect(board.nextDeadline() == nil)
  }

  @Test("goes on with a check that is registered again as it is")
  mutating func again() throws {
    board.put(check(.tcp("h:1")), key: key, at: begin)
    let start = try Self.start(&board, at: begin + .seconds(1))
    board.put(check(.tcp("h:1"), status: .warning), key: key, at: begin + .seconds(1))
    #expect(board.takeCancelled() == [])
    #expect(board.finish(start.id, .reading(ProbeReading(.passing, "ok")), at: begin + .seconds(2)) != nil)
  }

  @Test("does not run what does not look by itself", arguments: [CheckDefinition.Probe.none, .ttl(.seconds(3))])
  mutating func passive(_ probe: CheckDefinition.Probe) {
    board.put(check(.tcp("h:1")), key: key, at: begin)
    board.put(check(probe), key: key, at: begin)
    #expect(board.count == 0)
  }

  @Test("makes a probe of every kind of check")
  func probes() {
    let request = CheckDefinition.HTTPRequest(
      url: "http://h/", method: "PUT", headers: [.init(name: "X", values: ["1", "2"])], body: "b",
      skipsTLSVerification: true)
    #expect(
      Probe(.http(request))
        == .http(
          HTTPProbe(
            url: "http://h/", method: "PUT", headers: [.init("X", "1"), .init("X", "2")], body: "b",
            skipsVerification: true)))
    #expect(Probe(.thrift("h:1/m")) == .thrift(ThriftProbe(target: "h:1/m")))
    #expect(Probe(.grpc("h:1/s", tls: true)) == .grpc(GRPCProbe(target: "h:1/s", usesTLS: true)))
    #expect(Probe(.exec(["a", "b"])) == .exec(ExecProbe(arguments: ["a", "b"])))
    #expect(Probe(.ttl(.seconds(1))) == nil)
  }

  @Test("has quick targets on time while a thousand hang")
  mutating func slowTargets() {
    var now = begin
    let end = begin + .seconds(60)
    var ends: [(time: ContinuousClock.Instant, id: UInt64)] = []
    var late = Duration.zero
    for number in 0..<1_500 {
      let isSlow = number < 1_000
      let definition = CheckDefinition(probe: .tcp(isSlow ? "slow:1" : "quick:1"), interval: .seconds(10))
      let check = Check(id: "c\(number)", name: "c", definition: definition)
      board.put(check, key: CheckKey(node: "n", id: check.id), at: begin)
    }
    var quick = 0
    while let next = [board.nextDeadline(), ends.first?.time].compactMap({ $0 }).min(), next < end {
      now = max(now, next)
      let ended = ends.prefix { $0.time <= now }.map(\.id)
      ends.removeFirst(ended.count)
      for id in ended { _ = board.finish(id, .reading(ProbeReading(.critical, "x")), at: now) }
      for start in board.start(at: now) {
        let isSlow = start.probe == .tcp(TCPProbe(address: "slow:1"))
        if isSlow {
          ends.append((now + .seconds(10), start.id))
        } else {
          quick += 1
          late = max(late, now - next)
          _ = board.finish(start.id, .reading(ProbeReading(.passing, "x")), at: now)
        }
      }
    }
    #expect(late == .zero)
    #expect(quick >= 500 * 6)
    #expect(board.schedule.lateness.quantile(0.99) == .zero)
  }

  @Test("counts what is held")
  mutating func held() throws {
    board = CheckBoard(
      settings: CheckSettings(damping: FlapDamping(changes: 2, intervals: 10, calm: .seconds(60))),
      random: SplitMix64(seed: 1))
    board.put(check(.tcp("h:1")), key: key, at: begin)
    for number in 0..<8 {
      let now = try Self.nextDeadline(&board)
      let start = try Self.start(&board, at: now)
      let reading = ProbeReading(number.isMultiple(of: 2) ? .passing : .critical, "x")
      _ = board.finish(start.id, .reading(reading), at: now)
    }
    #expect(board.heldCount == 1)
    board.remove(key)
    #expect(board.heldCount == 0)
  }
}
