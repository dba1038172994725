public import MusterDiscovery

/// Holds a provider to all that `ServiceDiscovery` promises.
///
/// It needs no test framework: `run` returns what does not hold, and a test expects that to be empty. It uses services whose
/// names begin with `conformance-`, and deregisters what it has registered.
public struct Conformance: Sendable {
  /// How instances get into the provider.
  public enum Source: Sendable {
    /// By registering them.
    case registry
    /// By changing what the provider reads: the closure makes these instances the whole list of the service. Only their
    /// endpoints are compared, as a source may have no place for more.
    case reader(change: @Sendable (_ service: String, _ instances: [Instance]) async throws -> Void)
    /// Not at all: the provider has had these instances of one service from the start.
    case fixed(service: String, instances: [Instance])
  }

  /// A way to take the provider's registry away.
  public struct Disturbance: Sendable {
    let begin: @Sendable () async throws -> Void
    let end: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - begin: takes the registry away.
    ///   - end: brings it back with what was in it.
    public init(begin: @escaping @Sendable () async throws -> Void, end: @escaping @Sendable () async throws -> Void) {
      self.begin = begin
      self.end = end
    }
  }

  let provider: any ServiceDiscovery
  let source: Source
  let disturbance: Disturbance?
  let patience: Duration

  /// A suite for one provider.
  ///
  /// - Parameters:
  ///   - provider: to be looked at.
  ///   - source: how instances get into it.
  ///   - disturbance: how to take its registry away; nil: what then happens is not looked at.
  ///   - patience: how long each promise may take to be seen kept.
  public init(
    _ provider: any ServiceDiscovery, source: Source = .registry, disturbance: Disturbance? = nil,
    patience: Duration = .seconds(20)
  ) {
    self.provider = provider
    self.source = source
    self.disturbance = disturbance
    self.patience = patience
  }

  /// Looks at everything.
  ///
  /// - Returns: the promises that are not kept; none if all is well.
  public func run() async -> [Violation] {
    var violations: [Violation] = []
    for step in steps { violations += await limited(step) }
    return violations
  }

  struct Step: Sendable {
    let name: String
    let body: @Sendable () async throws -> Findings
  }

  private var steps: [Step] {
    let common = [
      Step(name: "names that break the rules", body: wrongNames),
      Step(name: "a service nobody has", body: emptyService),
      Step(name: "a cancelled call", body: cancelledCall),
    ]
    let broken = disturbance.map { disturbance in
      [Step(name: "a registry that goes away", body: { try await lostRegistry(disturbance) })]
    }
    switch source {
    case .registry: return common + registrySteps + watchSteps + (broken ?? [])
    case .reader: return common + readerSteps + watchSteps + (broken ?? [])
    case .fixed(let service, let instances):
      return common + readerSteps + [
        Step(name: "what it was made with", body: { try await fixedList(service, instances) })
      ]
    }
  }

  private func limited(_ step: Step) async -> [Violation] {
    await withTaskGroup(of: [Violation]?.self) { group in
      group.addTask {
        do {
          return try await step.body().violations
        } catch {
          return [Violation(promise: "\(step.name): no error where none is due", found: "\(error)")]
        }
      }
      group.addTask {
        // Woken early only when the step is over.
        try? await ContinuousClock().sleep(for: patience)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first ?? [Violation(promise: "\(step.name): seen within \(patience)", found: "nothing")]
    }
  }
}
