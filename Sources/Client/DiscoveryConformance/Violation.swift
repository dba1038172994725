/// A promise of `ServiceDiscovery` that a provider does not keep.
public struct Violation: Sendable, Hashable, CustomStringConvertible {
  /// What is promised.
  public let promise: String
  /// What was found in its place.
  public let found: String

  /// Both in one line.
  public var description: String { "\(promise); found: \(found)" }
}
