public import MusterDiscovery

/// When a member takes keys, and what it does while it can't see the others.
///
/// ## How long two members may own a key at once
/// Let *D* be the watch delay: the longest time from a change in the registry until every member has seen it. A key moves
/// from A to B because of a change at time *T*, such as B's arrival. A sees it by *T* + *D* and lets go at once. B sees it at
/// *T* at the earliest and owns the key after the settling delay *S*. So both own it for at most
///
///     max(0, D − S)
///
/// and never where *S* ≥ *D*. More changes in between make it no longer: of A and B the same one scores higher in every
/// list that has both with the same weights, so both can only own the key while one of the lists lacks the winner or has an
/// old weight of one, and *that* change is at most *D* old.
///
/// ## How long a key may be without an owner
/// After a change that the registry knows of: *D* + *S*. A member that dies is a change once its TTL has ended: TTL + *D* + *S*.
///
/// ## While the registry can't be reached
/// Let a member that is cut off find out after *N*, and `.release(after: G)` be set. The last change before it was cut off,
/// up to *D* earlier, may have been under way to it. It lets go *N* + *G* after it was cut off; or it comes back before it finds
/// out, and has the list *D* later. So two members own a key for at most
///
///     max(0, D + N + max(D, G) − S)
///
/// What it owns goes on to others *S* after its TTL has ended. With `.keep` two may own a key for as long as a member is cut off,
/// and *D* longer; while the registry is away for all of them, nothing changes and no key has two owners.
public struct ShardingSettings: Sendable, Hashable {
  /// What a member does with its keys while its registry can't be reached.
  public enum Unreachable: Sendable, Hashable {
    /// It keeps them, and takes no others. The work goes on while the registry is away; a member that alone is cut off may work
    /// on keys that others have taken over.
    case keep
    /// It keeps them for a time, from 0 to a day, and then lets go of all. The work stops while the registry is away for longer.
    case release(after: Duration)
  }

  /// How long a member waits before it owns what a change gives it, from 0 to a day; 2 s by default. Make it longer than the
  /// watch delay, and no longer than keys may be without an owner.
  public var settling: Duration
  /// What happens while the registry can't be reached; `.keep` by default.
  public var unreachable: Unreachable

  static let allowed = Duration.zero...Duration.seconds(86_400)

  /// Settings that suit a registry nearby.
  public init(settling: Duration = .seconds(2), unreachable: Unreachable = .keep) {
    self.settling = settling
    self.unreachable = unreachable
  }

  /// Checks that the times are in their ranges.
  ///
  /// - Throws: `.invalidArgument` with the field, its value and what is allowed.
  public func validate() throws(DiscoveryError) {
    try Self.check("settling", settling)
    if case .release(let grace) = unreachable { try Self.check("the grace of unreachable", grace) }
  }

  private static func check(_ field: String, _ time: Duration) throws(DiscoveryError) {
    guard allowed.contains(time) else {
      throw DiscoveryError(
        .invalidArgument, "\(field) of \(time): it must be from \(allowed.lowerBound) to \(allowed.upperBound)")
    }
  }
}
