/// What the registry makes of health beyond the single check.
public struct HealthPolicy: Sendable, Equatable {
  /// When fewer than this share of a service's instances would be left healthy, all are kept: 0 to 1, and 0, the
  /// default, never keeps any. An instance's metadata can say otherwise; see `protectionKey`.
  public var protectedShare: Double
  /// For how long the weight of an instance that has just turned healthy grows to its full value; zero, the default,
  /// gives it that at once.
  public var slowStart: Duration

  /// The key of an instance's metadata that takes the place of `protectedShare` for its service. Where instances
  /// differ, the one that was registered last counts.
  public static let protectionKey = "muster-protect"

  /// A policy; by default nothing is kept and nothing grows.
  public init(protectedShare: Double = 0, slowStart: Duration = .zero) {
    self.protectedShare = protectedShare
    self.slowStart = slowStart
  }

  /// A share as metadata and settings give it, such as `0.6`; nil when the text is not a number from 0 to 1.
  public static func share(_ text: String) -> Double? {
    guard let share = Double(text), (0...1).contains(share) else { return nil }
    return share
  }
}
