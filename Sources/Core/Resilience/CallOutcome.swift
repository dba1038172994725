/// How an attempt ended, as far as it matters for what comes next.
public enum CallOutcome: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// The instance answered, and well.
  case success
  /// The instance answered that the call itself is wrong, such as 404: another attempt would end the same way.
  case refused
  /// The instance failed, or the connection broke: the call may have been carried out.
  case failed
  /// No answer in time: the call may have been carried out.
  case timedOut = "timed out"
  /// Certainly nothing of the call reached the instance, such as when it does not accept connections.
  case notSent = "not sent"
  /// The caller gave up: says nothing about the instance.
  case cancelled

  /// Whether it speaks against the instance; nil if it says nothing about it.
  public var isFailure: Bool? {
    switch self {
    case .success, .refused: false
    case .failed, .timedOut, .notSent: true
    case .cancelled: nil
    }
  }

  /// The outcome in words.
  public var description: String { rawValue }
}
