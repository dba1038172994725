/// What a failed call means for whether it may be made again.
public enum CallFailure: Sendable, Hashable {
  /// It certainly never reached the instance: any call may be made again.
  case notSent
  /// It may have been carried out: only a call that may be repeated is made again.
  case unknown
  /// The answer would be the same from any other instance, such as a request that makes no sense.
  case final
}
