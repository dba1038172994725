internal import MusterDiscovery

extension Conformance {
  func wrongNames() async throws -> Findings {
    var findings = Findings()
    for name in ["", "a b", "ä", "a/b", "a\nb", String(repeating: "a", count: 129)] {
      let shown = "'\(name.prefix(8).filter { !$0.isNewline })'"
      await findings.expect(.invalidArgument, "discover refuses the name \(shown)") {
        _ = try await provider.discover(name)
      }
      var snapshots: [Snapshot] = []
      for await snapshot in provider.watch(name) { snapshots.append(snapshot) }
      findings.expect(
        snapshots.count == 1 && snapshots.allSatisfy { !$0.isLive && $0.instances.isEmpty },
        "watch of the name \(shown) gives an empty stale snapshot and the end", found: "\(snapshots)")
    }
    return findings
  }

  func emptyService() async throws -> Findings {
    var findings = Findings()
    findings.expect(
      try await provider.discover("conformance-nobody"), [], "a service that nobody has registered has no instances")
    for await snapshot in provider.watch("conformance-nobody") {
      findings.expect(
        snapshot, Snapshot(service: "conformance-nobody", instances: []),
        "a watch of a service that nobody has registered begins with an empty live snapshot")
      break
    }
    return findings
  }

  /// A provider may be done before it notices, but whatever it throws then is no `DiscoveryError`.
  func cancelledCall() async throws -> Findings {
    await withTaskGroup(of: Findings.self) { group in
      group.cancelAll()
      group.addTask {
        var findings = Findings()
        do {
          _ = try await provider.discover("conformance-nobody")
        } catch {
          findings.expect(
            error is CancellationError, "a cancelled call throws CancellationError", found: "\(error)")
        }
        return findings
      }
      return await group.next() ?? Findings()
    }
  }
}
