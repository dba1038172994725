/// The instances of a service that may be called, as a provider last knew them.
public struct Snapshot: Sendable, Hashable {
  /// Whether the provider stands behind the list.
  public enum Freshness: Sendable, Hashable {
    /// The registry has confirmed it, and changes will follow as they come.
    case live
    /// The registry does not answer; this is the last list that it gave.
    case stale(reason: String)
  }

  /// The service that was asked for.
  public var service: String
  /// Passing and warning instances, each id once, in the order of their ids.
  public var instances: [Instance]
  /// Whether the provider stands behind the list.
  public var freshness: Freshness

  /// A snapshot of these instances, put in order; critical ones and those in maintenance are left out.
  public init(service: String, instances: some Sequence<Instance>, freshness: Freshness = .live) {
    self.service = service
    self.freshness = freshness
    let callable = instances.filter(\.health.isCallable).sorted { $0.id < $1.id }
    var last: String?
    self.instances = callable.filter { instance in
      defer { last = instance.id }
      return instance.id != last
    }
  }

  /// The same list, marked as no longer confirmed.
  public func stale(_ reason: String) -> Snapshot {
    var copy = self
    copy.freshness = .stale(reason: reason)
    return copy
  }
}
