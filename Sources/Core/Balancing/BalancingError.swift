/// Settings of a balancer that make no sense.
public struct BalancingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The setting.
  public let setting: String
  /// Its value and what is allowed.
  public let message: String

  init(_ setting: String, _ message: String) {
    self.setting = setting
    self.message = message
  }

  /// The setting, its value and what is allowed.
  public var description: String { "\(setting) \(message)" }
}
