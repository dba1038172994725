public import MusterDiscovery

/// An instance that was chosen, and the call to it that is under way.
public struct Pick: Sendable {
  private let member: Member
  private let began: Int64

  init(member: Member, began: Int64) {
    self.member = member
    self.began = began
  }

  /// The instance to call.
  public var instance: Instance { member.instance }

  /// The instance's id, for less than the price of a copy of the instance.
  public var id: String { member.instance.id }

  /// Where in the balancer's list the instance stands, counted without repeated ids. Another list may have come since: whoever
  /// keeps a list of the same order finds the instance there at once, and makes sure by its id.
  package var place: Int { member.place }

  /// The call has ended; to be called once.
  public func finish(_ outcome: PickOutcome, at now: ContinuousClock.Instant) {
    member.ended(outcome, start: began, at: now)
  }
}

/// How a call ended, as far as its instance is concerned.
public enum PickOutcome: Sendable, Hashable {
  /// It answered.
  case success
  /// It failed, or did not answer in time.
  case failure
  /// The caller did not wait for the end.
  case cancelled
}

/// What a balancer knows of an instance.
public struct BalancerStatus: Sendable, Hashable {
  /// The instance.
  public let instance: Instance
  /// The calls under way.
  public let pending: Int
  /// Whether it is left out of the choice.
  public let isEjected: Bool
}
