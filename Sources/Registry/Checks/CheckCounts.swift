/// What the registry's own checks are doing, and how well they keep their times.
public struct CheckCounts: Sendable, Equatable {
  /// Checks that the registry runs itself.
  public var checks = 0
  /// Probes that are under way.
  public var running = 0
  /// Checks that are held critical since they change too often.
  public var held = 0
  /// Probes that have ended since the start.
  public var finished: UInt64 = 0
  /// Beats that were left out since the run before was not over.
  public var skipped: UInt64 = 0
  /// Probes that this machine could not carry out, which say nothing of their targets.
  public var notRun: UInt64 = 0
  /// So late were 99 of 100 probes started at the most, over the last one to two minutes.
  public var lateness = Duration.zero

  /// Nothing yet.
  public init() {}
}
