public import MusterProbing

/// How the registry's own checks run.
public struct CheckSettings: Sendable {
  /// Whether checks may run commands; they may not by default.
  public var allowsCommands: Bool
  /// The networks that may be probed; none, the default, means that all may.
  public var networks: [NetworkRange]
  /// What becomes of a check that changes its mind too often; nil leaves it alone.
  public var damping: FlapDamping?
  /// A check that stays as it is, but whose target says something else every time, is written this often at the most;
  /// 5 min by default.
  public var outputInterval: Duration
  /// So many probes are under way at once.
  public var limits: CheckLimits

  /// Settings, with the defaults that the fields document.
  public init(
    allowsCommands: Bool = false, networks: [NetworkRange] = [], damping: FlapDamping? = FlapDamping(),
    outputInterval: Duration = .seconds(300), limits: CheckLimits = CheckLimits()
  ) {
    self.allowsCommands = allowsCommands
    self.networks = networks
    self.damping = damping
    self.outputInterval = outputInterval
    self.limits = limits
  }
}

/// When a check is held critical because it can't make up its mind, and until when.
public struct FlapDamping: Sendable, Equatable {
  /// More than so many changes between healthy and critical…
  public var changes: Int
  /// …within so many of the check's intervals have it held.
  public var intervals: Int
  /// It is let go after so long without a change, and no sooner than after 3 intervals.
  public var calm: Duration

  /// By default more than 5 changes in 10 intervals, until 30 s of calm.
  public init(changes: Int = 5, intervals: Int = 10, calm: Duration = .seconds(30)) {
    self.changes = changes
    self.intervals = intervals
    self.calm = calm
  }
}

/// How many probes are under way at once. Those that wait for slow targets have places of their own, so that they take
/// none from the others.
public struct CheckLimits: Sendable, Equatable {
  /// Probes of targets that tend to answer at once.
  public var quick: Int
  /// Probes of targets that took more than a second the last time.
  public var slow: Int
  /// Commands.
  public var commands: Int
  /// All of them together: a target that turns slow keeps its place until it has been given up.
  public var total: Int

  /// By default 512 quick, 1,536 slow and 32 commands, 2,048 in all.
  public init(quick: Int = 512, slow: Int = 1_536, commands: Int = 32, total: Int = 2_048) {
    self.quick = max(1, quick)
    self.slow = max(1, slow)
    self.commands = max(1, commands)
    self.total = max(1, total)
  }
}
