import MusterCatalog
import MusterProbing
import Testing

@testable import MusterChecks

@Suite("What results mean")
struct CheckJudgeTests {
  private let begin = ContinuousClock.now

  /// The statuses that follow from results, one a second: `p`assing, `w`arning or `c`ritical.
  private func statuses(
    _ results: String, success: Int = 0, warning: Int = 0, critical: Int = 0, damping: FlapDamping? = nil
  ) -> String {
    let definition = CheckDefinition(
      probe: .tcp("h:1"), interval: .seconds(1), successBeforePassing: success, failuresBeforeWarning: warning,
      failuresBeforeCritical: critical)
    var judge = CheckJudge(definition, settings: CheckSettings(damping: damping))
    var time = begin
    return results.map { result in
      time += .seconds(1)
      let judgement = judge.judge(Self.reading(result), at: time)
      return judgement.status == .passing ? "p" : judgement.status == .warning ? "w" : "c"
    }.joined()
  }

  private static func reading(_ result: Character) -> ProbeReading {
    switch result {
    case "p": ProbeReading(.passing, "fine")
    case "w": ProbeReading(.warning, "busy")
    default: ProbeReading(.critical, "down")
    }
  }

  @Test(
    "follows so many results in a row, and the first of either kind at once",
    arguments: [
      // results, before passing, before warning, before critical, statuses
      ("pcpwc", 0, 0, 0, "pcpwc"), ("cp", 3, 0, 3, "cc"), ("pc", 3, 0, 3, "pp"), ("pccc", 0, 0, 3, "pppc"),
      ("pccpccc", 0, 0, 3, "ppppppc"), ("cppp", 3, 0, 0, "cccp"), ("cppcppp", 3, 0, 0, "ccccccp"),
      ("cwww", 3, 0, 0, "cccw"), ("pcccc", 0, 2, 4, "ppwwc"), ("pcpc", 0, 1, 3, "pwpw"), ("pccccc", 0, 9, 3, "pppccc"),
      ("pc", 0, 0, 1, "pc"), ("cp", 1, 0, 0, "cp"),
    ])
  func hysteresis(_ results: String, _ success: Int, _ warning: Int, _ critical: Int, _ expected: String) {
    #expect(statuses(results, success: success, warning: warning, critical: critical) == expected)
  }

  @Test("is the same for any results as counting them by hand")
  func random() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<300 {
      let (success, critical) = (Int.random(in: 1...4, using: &random), Int.random(in: 1...4, using: &random))
      let results = (0..<60).map { _ in Bool.random(using: &random) ? Character("p") : "c" }
      var expected = ""
      for index in results.indices {
        let row = results[...index].reversed().prefix { $0 == results[index] }.count
        let isFirst = row == index + 1
        let isEnough = row >= (results[index] == "p" ? success : critical)
        expected.append(isFirst || isEnough ? results[index] : expected.last ?? results[index])
      }
      #expect(statuses(String(results), success: success, critical: critical) == expected)
    }
  }

  @Test(
    "holds a check that changes more than five times in ten intervals, until it is calm",
    arguments: [
      ("pcpcpcpp", "pcpcpcpp".replacing("pcpcpcpp", with: "pcpcpcc")), ("pcpcppp", "pcpcppp"),
      ("pppcccpppcccppp", "pppcccpppcccppp"), ("wpwpwpwpwpwp", "wpwpwpwpwpwp"),
    ])
  func damping(_ results: String, _ begin: String) {
    let damping = FlapDamping(changes: 5, intervals: 10, calm: .seconds(5))
    #expect(statuses(results, damping: damping).hasPrefix(begin.prefix(results.count - 1)))
  }

  @Test("lets a held check go after the calm time alone, whichever way it is then")
  func release() {
    let damping = FlapDamping(changes: 3, intervals: 10, calm: .seconds(5))
    #expect(statuses("pcpcpppppppp", damping: damping) == "pcpccccccppp")
    #expect(statuses("pcpcpppcppppppp", damping: damping) == "pcpccccccccccpp")
    #expect(statuses("pcpccccccccp", damping: damping) == "pcpccccccccp")
    #expect(statuses("pcpcpppppppp", damping: nil) == "pcpcpppppppp")
  }

  @Test("says that a check is held, in words that stay the same")
  func note() {
    let definition = CheckDefinition(probe: .tcp("h:1"), interval: .seconds(1))
    var judge = CheckJudge(
      definition, settings: CheckSettings(damping: FlapDamping(changes: 2, intervals: 10, calm: .seconds(30))))
    var outputs: Set<String> = []
    for second in 0..<20 {
      let judgement = judge.judge(Self.reading(second.isMultiple(of: 2) ? "p" : "c"), at: begin + .seconds(second))
      if second > 3 {
        outputs.insert(judgement.output)
        #expect(judgement.status == .critical)
        #expect(judge.isHeld)
      }
    }
    #expect(
      outputs == [
        "held critical: it changed between healthy and critical more than 2 times within 10s, and is let go once it "
          + "has stayed the same for 30s"
      ])
  }

  @Test("shows what a target says at once when it did something else, and seldom when it only says something else")
  func output() {
    let definition = CheckDefinition(probe: .tcp("h:1"), interval: .seconds(1))
    var judge = CheckJudge(definition, settings: CheckSettings(outputInterval: .seconds(60)))
    func show(_ summary: String, _ detail: String, at second: Int) -> String {
      judge.judge(ProbeReading(.critical, summary, detail: detail), at: begin + .seconds(second)).output
    }
    #expect(show("500", "at 1", at: 0) == "500 Output: at 1")
    #expect(show("500", "at 2", at: 1) == "500 Output: at 1")
    #expect(show("503", "at 3", at: 2) == "503 Output: at 3")
    #expect(show("503", "at 4", at: 61) == "503 Output: at 3")
    #expect(show("503", "at 5", at: 62) == "503 Output: at 5")
    #expect(show("503", "at 6", at: 63) == "503 Output: at 5")
  }
}
