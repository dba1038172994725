public import MusterDiscovery

/// One try of a call.
public struct Attempt: Sendable {
  /// Whom to call.
  public let instance: Instance
  /// 0 for the first try, then 1 and so on; a hedge has the number of the try that was late.
  public let number: Int
  /// How long the try may take: the caller's closure holds to it.
  public let timeout: Duration
}
