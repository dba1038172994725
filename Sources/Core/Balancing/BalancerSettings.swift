/// What a balancer does beside choosing.
public struct BalancerSettings: Sendable, Hashable {
  /// A newcomer gets its share bit by bit.
  public struct SlowStart: Sendable, Hashable {
    /// How long it takes to the full share.
    public var window: Duration
    /// 1 grows in a line; more is faster at first. Default 1.
    public var aggression: Double
    /// The share at the start, 0 … 1. Default 0.1.
    public var least: Double

    /// The share is max(least, (t / window)^(1 / aggression)), as in Envoy's slow start.
    public init(window: Duration, aggression: Double = 1, least: Double = 0.1) {
      self.window = window
      self.aggression = aggression
      self.least = least
    }
  }

  /// Each caller uses a few of very many instances, so that connections do not grow with callers × instances.
  public struct Subset: Sendable, Hashable {
    /// So many instances are used.
    public var size: Int
    /// What tells this caller from others of its kind; the same name gives the same subset.
    public var caller: String

    /// A subset of `size` instances for `caller`.
    public init(size: Int, caller: String) {
      self.size = size
      self.caller = caller
    }
  }

  /// Where this caller runs. Calls stay in the zone as long as it has its share of all instances; what is more spills
  /// over to the others. Nil, the default: zones do not matter.
  public var zone: String?
  /// Nil, the default: a newcomer gets its whole share at once.
  public var slowStart: SlowStart?
  /// Nil, the default: all instances are used.
  public var subset: Subset?
  /// When less than this share of the instances is not ejected, ejections are ignored: 0 never, 1 always. Default 0.5, as
  /// in Envoy's panic threshold.
  public var panicThreshold: Double = 0.5
  /// An instance chosen by rendezvous may have so many times the mean number of calls. Default 1.25.
  public var loadBound: Double = 1.25
  /// The time in which peak EWMA forgets. Default 10 s, as in Finagle.
  public var decay: Duration = .seconds(10)

  /// The defaults.
  public init() {}

  /// - Throws: `BalancingError` with the first setting that makes no sense.
  public func validate() throws(BalancingError) {
    if let slowStart { try slowStart.validate() }
    if let subset {
      guard 1...100_000 ~= subset.size else {
        throw BalancingError("subset.size", "is \(subset.size): it must be from 1 to 100000")
      }
    }
    guard 0...1 ~= panicThreshold else {
      throw BalancingError("panicThreshold", "is \(panicThreshold): it must be from 0 to 1")
    }
    guard 1...1_000 ~= loadBound, loadBound > 1 else {
      throw BalancingError("loadBound", "is \(loadBound): it must be more than 1 and at most 1000")
    }
    guard .milliseconds(1)...Duration.seconds(86_400) ~= decay else {
      throw BalancingError("decay", "is \(decay): it must be from 1 ms to a day")
    }
  }
}

extension BalancerSettings.SlowStart {
  fileprivate func validate() throws(BalancingError) {
    guard .milliseconds(1)...Duration.seconds(86_400) ~= window else {
      throw BalancingError("slowStart.window", "is \(window): it must be from 1 ms to a day")
    }
    guard 0.01...100 ~= aggression else {
      throw BalancingError("slowStart.aggression", "is \(aggression): it must be from 0.01 to 100")
    }
    guard 0...1 ~= least else { throw BalancingError("slowStart.least", "is \(least): it must be from 0 to 1") }
  }
}
