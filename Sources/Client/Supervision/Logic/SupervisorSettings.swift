/// How a program is supervised.
package struct SupervisorSettings: Sendable {
  /// What is done when the program ends by itself.
  package enum Restart: String, Sendable, CaseIterable {
    /// Nothing: the supervisor ends with it.
    case never
    /// It is started again unless it ended with code 0.
    case onFailure = "on-failure"
  }

  /// What is done when the program ends by itself; `never` by default.
  package var restart = Restart.never
  /// How long the registry trusts a heartbeat, which is sent three times as often; 10 s by default.
  package var ttl = Duration.seconds(10)
  /// How long callers get to notice that the service is gone before the program is ended; 2 s by default.
  package var drain = Duration.seconds(2)
  /// How long the program gets to end after SIGTERM; 10 s by default.
  package var grace = Duration.seconds(10)
  /// How long the program gets to become ready; 60 s by default.
  package var startTimeout = Duration.seconds(60)

  /// Makes the default settings.
  package init() {}
}
