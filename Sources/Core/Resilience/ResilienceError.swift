/// Settings of fault tolerance that make no sense.
public struct ResilienceError: Error, Sendable, Hashable, CustomStringConvertible {
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

  /// - Throws: when the value is not in the range.
  static func check<Value: Comparable & Sendable>(
    _ setting: String, _ value: Value, in allowed: ClosedRange<Value>
  ) throws(ResilienceError) {
    guard allowed.contains(value) else {
      throw ResilienceError(setting, "is \(value): it must be from \(allowed.lowerBound) to \(allowed.upperBound)")
    }
  }
}
