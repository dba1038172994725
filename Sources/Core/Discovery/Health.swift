/// How well an instance is, worst last.
public enum Health: String, Sendable, Hashable, CaseIterable {
  /// All of its checks pass, or it has none.
  case passing
  /// It takes calls, and a check is worried.
  case warning
  /// It must not be called.
  case critical
  /// Its operator has taken it out.
  case maintenance

  /// Whether callers are given such an instance: passing and warning ones are.
  public var isCallable: Bool { self == .passing || self == .warning }
}
