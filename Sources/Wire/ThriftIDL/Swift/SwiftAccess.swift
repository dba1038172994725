/// Who sees generated code.
public enum SwiftAccess: String, Sendable, CaseIterable {
  /// The target that it is in.
  case `internal`
  /// The package that it is in.
  case package
  /// Everybody.
  case `public`

  /// What stands before a declaration.
  var prefix: String { self == .internal ? "" : "\(rawValue) " }
}
