/// What the checks of an instance say together.
package enum HealthStatus: String, Sendable {
  /// All checks pass, or there are none.
  case passing
  /// At least one check warns.
  case warning
  /// At least one check fails.
  case critical
  /// Taken out on purpose.
  case maintenance

  /// The colour of it.
  package var style: TextStyle {
    switch self {
    case .passing: .green
    case .warning, .maintenance: .yellow
    case .critical: .red
    }
  }

  /// How bad it is: maintenance over critical over warning over passing.
  var severity: Int {
    switch self {
    case .passing: 0
    case .warning: 1
    case .critical: 2
    case .maintenance: 3
    }
  }
}
