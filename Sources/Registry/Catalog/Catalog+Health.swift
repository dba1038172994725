// What health means beyond the single check: protection from mass failures, and slow starts.
extension Catalog {
  /// In so many equal steps the weight of an instance that has just turned healthy grows.
  public static let slowStartSteps = 5
  /// Whether a service is protected is looked at this long after its first change: a burst of changes is one look.
  static let reviewDelay = Duration.milliseconds(100)

  /// What callers of `service` are to be given.
  public func health(of service: String) -> ServiceHealth {
    let members = members(of: service)
    let isStarting = !slowStarts.isEmpty && members.contains { slowStarts[$0.key] != nil }
    let standings = members.map { member in
      ServiceHealth.Standing(
        member: member, status: status(of: member), isKept: false,
        weights: isStarting ? startingWeights(of: member) : member.instance.weights)
    }
    return ServiceHealth(standings, protectedShare: protectedShare(members)) { unproven[$0.key] == nil }
  }

  /// The services that are under protection now, sorted, as their history says.
  public var protectedServices: [String] { underProtection.keys.sorted() }

  /// The number of instances whose weight is growing.
  public var slowStartCount: Int { slowStarts.count }

  private func startingWeights(of member: Member) -> Instance.Weights {
    let step = slowStarts[member.key]?.step ?? Self.slowStartSteps
    func scaled(_ weight: Int) -> Int {
      let (product, isTooLarge) = weight.multipliedReportingOverflow(by: step)
      return isTooLarge ? .max : product
    }
    let weights = member.instance.weights
    return Instance.Weights(passing: scaled(weights.passing), warning: scaled(weights.warning))
  }

  private func protectedShare(_ members: [Member]) -> Double {
    var share = policy.protectedShare
    var newest: UInt64 = 0
    for member in members where member.instance.modifyRevision >= newest {
      guard let given = member.instance.meta[HealthPolicy.protectionKey].flatMap(HealthPolicy.share) else { continue }
      share = given
      newest = member.instance.modifyRevision
    }
    return share
  }

  /// Whether the service may come under protection at all.
  private func canBeProtected(_ service: String) -> Bool {
    policy.protectedShare > 0 || services[service]?.namesProtection ?? false
  }
}

extension Catalog {
  /// Takes note of an instance that was added or replaced.
  mutating func noteHealth(of member: Member, after previous: Member?, revision: UInt64, _ outcome: inout Outcome) {
    let isHealthy = member.checks.aggregateStatus < .critical
    if isHealthy {
      if !unproven.isEmpty { unproven.remove(member.key) }
    } else if previous == nil, canBeProtected(member.instance.service) {
      unproven.set(Noted(key: member.key))
    }
    guard policy.slowStart > .zero else { return }
    if isHealthy, let previous, previous.checks.aggregateStatus >= .critical {
      slowStarts.set(Noted(key: member.key, step: 1))
      outcome.arm(.strengthen(member.key), after: policy.slowStart / Self.slowStartSteps)
    } else if !isHealthy {
      endSlowStart(of: member.key, &outcome)
    }
  }

  /// Forgets what was noted of an instance that has gone.
  mutating func forgetHealth(of key: InstanceKey, _ outcome: inout Outcome) {
    if !unproven.isEmpty { unproven.remove(key) }
    endSlowStart(of: key, &outcome)
  }

  private mutating func endSlowStart(of key: InstanceKey, _ outcome: inout Outcome) {
    guard !slowStarts.isEmpty, slowStarts.remove(key) else { return }
    outcome.disarm(.strengthen(key))
  }

  /// Gives a slowly starting instance the next step of its weight.
  mutating func strengthen(_ key: InstanceKey, _ outcome: inout Outcome) {
    guard let step = slowStarts[key]?.step, let member = member(key) else { return }
    let next = step + 1
    if next < Self.slowStartSteps {
      slowStarts.set(Noted(key: key, step: next))
      outcome.arm(.strengthen(key), after: policy.slowStart / Self.slowStartSteps)
    } else {
      slowStarts.remove(key)
    }
    let revision = nextRevision()
    touch(service: member.instance.service, revision: revision, &outcome)
    outcome.happened(
      .weight, to: subject(member), revision: revision,
      cause: "slow start: \(100 * next / Self.slowStartSteps)% of its weight", changes: [])
  }

  /// Has the protection of every service that was touched looked at soon.
  mutating func arrangeReviews(_ outcome: inout Outcome) {
    for case .service(let name) in outcome.topics {
      let isDue = canBeProtected(name) || !underProtection.isEmpty && underProtection[name] != nil
      guard isDue, reviews[name] == nil else { continue }
      reviews.set(Noted(key: name))
      outcome.arm(.review(name), after: Self.reviewDelay)
    }
  }

  /// Records whether a service has come under protection, or is free of it again.
  mutating func review(_ service: String, _ outcome: inout Outcome) {
    reviews.remove(service)
    let health = health(of: service)
    guard health.isProtected != (underProtection[service] != nil) else { return }
    let revision = nextRevision()
    touch(service: service, revision: revision, &outcome)
    if health.isProtected {
      underProtection.set(Noted(key: service))
    } else {
      underProtection.remove(service)
    }
    outcome.happened(
      health.isProtected ? .protectionOn : .protectionOff, to: Event.Subject(service: service, node: ""),
      revision: revision,
      cause: health.isProtected
        ? "all instances are kept: \(health.summary)" : "instances are judged one by one again: \(health.summary)",
      changes: [])
  }

  /// The look at every service that may be under protection when the registry starts.
  var reviewsAtStart: [TimerChange] {
    serviceNames.filter(canBeProtected).map { .arm(.review($0), after: Self.reviewDelay) }
  }

  private mutating func touch(service: String, revision: UInt64, _ outcome: inout Outcome) {
    services.update(service) { $0.revision = revision }
    outcome.touch(.service(service))
  }
}
