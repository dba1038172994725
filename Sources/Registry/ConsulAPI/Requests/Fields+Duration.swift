internal import MusterJSON
internal import MusterTiming

extension Fields {
  /// A duration: text such as `10s`, or a number of nanoseconds.
  func duration(_ name: String) throws(APIError) -> Duration? {
    guard let json = value(name), json != .string("") else { return nil }
    guard let duration = Self.duration(json) else {
      throw misfit(name, json, "a duration such as \"10s\" or \"1m30s\", or a number of nanoseconds")
    }
    guard duration >= .zero, duration <= Limits.longestDuration else {
      throw misfit(name, json, "a duration from 0s to \(Limits.longestDuration.goText)")
    }
    return duration
  }

  private static func duration(_ json: JSON) -> Duration? {
    switch json {
    case .integer(let nanoseconds): .nanoseconds(nanoseconds)
    case .string(let text): try? Duration(goText: text)
    default: nil
    }
  }
}
