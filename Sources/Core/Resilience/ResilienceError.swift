/// Why a setting of this module was refused.
public struct ResilienceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of mistake it is.
  public struct Code: Sendable, Hashable {
    private enum Value { case outOfRange, contradiction }
    private let value: Value

    /// The value is beyond what is allowed.
    public static let outOfRange = Code(value: .outOfRange)
    /// The value does not go with that of another setting.
    public static let contradiction = Code(value: .contradiction)
  }

  /// What kind of mistake it is.
  public let code: Code
  /// The setting, such as `RetryBudget.share`.
  public let setting: String
  /// The refused value.
  public let value: String
  /// What may stand in its place.
  public let allowed: String

  init(_ code: Code, _ setting: String, _ value: some CustomStringConvertible, allowed: String) {
    self.code = code
    self.setting = setting
    self.value = value.description
    self.allowed = allowed
  }

  /// The setting, its value and what is allowed.
  public var description: String { "\(setting) is \(value); allowed: \(allowed)" }

  /// Refuses a value outside a range; a number that is not one is in no range.
  static func check<Value: Comparable & CustomStringConvertible>(
    _ value: Value, in range: ClosedRange<Value>, _ setting: String
  ) throws(ResilienceError) {
    guard range.contains(value) else {
      throw ResilienceError(.outOfRange, setting, value, allowed: "\(range.lowerBound) … \(range.upperBound)")
    }
  }
}

extension Duration {
  /// What a wait or window may last at most: longer ones are mistakes of the unit.
  static let longestSetting = Duration.seconds(86_400)
}
