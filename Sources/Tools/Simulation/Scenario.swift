/// What happens to one instance, a while into a run.
package enum Scenario: String, CaseIterable, Sendable {
  /// Nothing.
  case calm
  /// It turns five times as slow.
  case slow
  /// Its process dies: it refuses calls at once, until the registry has noticed.
  case refusing
  /// It no longer answers, until the registry has noticed.
  case hanging
  /// A newcomer with cold caches: five times as slow at first, and as fast as the others after five seconds.
  case joining
  /// The same newcomer, and callers that give it a slow start of five seconds.
  case joiningSlowly = "joining-slowly"

  /// For people, in a few words.
  package var title: String {
    switch self {
    case .calm: "all alike"
    case .slow: "one turns 5 times as slow"
    case .refusing: "one refuses calls for 2 s"
    case .hanging: "one hangs for 2 s"
    case .joining: "a cold one joins"
    case .joiningSlowly: "a cold one joins, with slow start"
    }
  }

  var hasNewcomer: Bool { self == .joining || self == .joiningSlowly }
}
