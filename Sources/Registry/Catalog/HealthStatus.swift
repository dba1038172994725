/// What a check last said, from best to worst.
public enum HealthStatus: String, Sendable, Hashable, Comparable, CaseIterable {
  /// All is well.
  case passing
  /// Degraded, but still given to callers who do not ask for passing ones only.
  case warning
  /// Not to be called.
  case critical
  /// Taken out by hand: a critical check with a reserved id. Only an aggregate has this status, never a check.
  case maintenance

  /// Orders by severity: `passing` is least.
  public static func < (left: HealthStatus, right: HealthStatus) -> Bool {
    left.severity < right.severity
  }

  private var severity: Int {
    switch self {
    case .passing: 0
    case .warning: 1
    case .critical: 2
    case .maintenance: 3
    }
  }
}
