/// Which instances of a service callers are to be given, and with which weights.
public struct ServiceHealth: Sendable {
  /// An instance with what is to be made of it.
  public struct Standing: Sendable {
    /// The instance with its checks.
    public let member: Member
    /// The worst of its checks and those of its node.
    public let status: HealthStatus
    /// Whether it is given although it is critical, since too few of its service are healthy.
    public internal(set) var isKept: Bool
    /// Its weights, to be compared with those of the same service only: while an instance of the service starts slowly,
    /// all are `Catalog.slowStartSteps` times as large as registered, and that of the starting one is smaller.
    public let weights: Instance.Weights

    /// Whether callers get it; `onlyPassing` says that a warning is not good enough.
    public func isGiven(onlyPassing: Bool) -> Bool {
      isKept || (onlyPassing ? status == .passing : status < .critical)
    }

    /// The weight by its status; one that is kept counts as passing.
    public var weight: Int { status == .warning ? weights.warning : weights.passing }
  }

  /// All instances, in order of node and id.
  public let standings: [Standing]
  /// How many of those that count are healthy: passing or warning.
  public let healthyCount: Int
  /// How many count: all but those in maintenance, and those that have never been healthy.
  public let countedCount: Int
  /// The share below which all are kept; 0 when that is off.
  public let protectedShare: Double
  /// Whether instances are kept now that would not be given otherwise; every answer has to say so.
  public let isProtected: Bool

  /// Decides which of the instances are kept, of which none is yet. `isProven` says whether one has ever been healthy:
  /// one that has not is not kept, and lowers no share.
  init(_ standings: [Standing], protectedShare: Double, isProven: (Member) -> Bool) {
    let counted = standings.indices.filter { index in
      let standing = standings[index]
      return standing.status < .critical || standing.status == .critical && isProven(standing.member)
    }
    let healthy = counted.count { standings[$0].status < .critical }
    let isProtected = healthy < counted.count && Double(healthy) < protectedShare * Double(counted.count)
    var decided = standings
    if isProtected {
      for index in counted where standings[index].status == .critical { decided[index].isKept = true }
    }
    self.standings = decided
    healthyCount = healthy
    countedCount = counted.count
    self.protectedShare = protectedShare
    self.isProtected = isProtected
  }

  /// What is so, for people.
  public var summary: String {
    let limit = "the share that protects all is \(protectedShare)"
    return "\(healthyCount) of \(countedCount) instances are healthy, and \(limit)"
  }
}
