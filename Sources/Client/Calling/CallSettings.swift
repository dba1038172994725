public import MusterBalancing
public import MusterResilience

/// How calls to a service are balanced, and what is done about failures.
public struct CallSettings: Sendable {
  /// How an instance is chosen. Default: the better of two.
  public var policy: BalancingPolicy
  /// Zones, slow start, subsets, panic.
  public var balancing: BalancerSettings
  /// How long a call may take with all its retries; nil: as long as it takes. Default 10 s.
  public var deadline: Duration?
  /// How long one try may take; what makes the try holds to it. Default 2 s.
  public var attemptTimeout: Duration
  /// How often a call is tried in all, from 1. Default 3.
  public var maximumAttempts: Int
  /// The pauses between the tries.
  public var backoff: Backoff
  /// How much of all calls may be retried.
  public var budget: RetryBudget.Settings
  /// When an instance gets no calls until a probe succeeds; nil: never.
  public var breaker: CircuitBreaker.Settings?
  /// What happens to a call when no instance may be called, since each is ejected, has its breaker open or has failed the call:
  /// false, the default: it is sent to one of them all the same, so that no call fails while an instance works; true: it
  /// fails at once, which spares instances that have too much to do.
  public var failsFast: Bool
  /// When an instance that does worse than others gets no calls for a while; nil: never.
  public var outliers: OutlierDetector.Settings?
  /// When a late call that may be repeated is sent a second time; nil, the default: never.
  public var hedge: HedgePolicy.Settings?
  /// The calls that may be under way; nil, the default: any number.
  public var concurrencyLimit: Int?

  /// The defaults, where nothing else is said.
  public init(
    policy: BalancingPolicy = .powerOfTwo, balancing: BalancerSettings = BalancerSettings(),
    deadline: Duration? = .seconds(10), attemptTimeout: Duration = .seconds(2), maximumAttempts: Int = 3,
    backoff: Backoff = .standard,
    budget: RetryBudget.Settings = RetryBudget.Settings(),
    breaker: CircuitBreaker.Settings? = CircuitBreaker.Settings(), failsFast: Bool = false,
    outliers: OutlierDetector.Settings? = OutlierDetector.Settings(), hedge: HedgePolicy.Settings? = nil,
    concurrencyLimit: Int? = nil
  ) {
    self.policy = policy
    self.balancing = balancing
    self.deadline = deadline
    self.attemptTimeout = attemptTimeout
    self.maximumAttempts = maximumAttempts
    self.backoff = backoff
    self.budget = budget
    self.breaker = breaker
    self.failsFast = failsFast
    self.outliers = outliers
    self.hedge = hedge
    self.concurrencyLimit = concurrencyLimit
  }
}
