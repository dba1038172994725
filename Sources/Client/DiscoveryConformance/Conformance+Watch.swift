internal import MusterDiscovery

extension Conformance {
  var watchSteps: [Step] {
    [
      Step(name: "the first snapshot", body: firstSnapshot), Step(name: "changes", body: changes),
      Step(name: "a slow reader", body: slowReader), Step(name: "several watchers", body: severalWatchers),
      Step(name: "a cancelled watch", body: cancelledWatch),
    ]
  }

  private func firstSnapshot() async throws -> Findings {
    var findings = Findings()
    let service = "conformance-first"
    try await put(service, [1, 2])
    for await snapshot in provider.watch(service) {
      findings.expect(snapshot.service, service, "a snapshot names its service")
      findings.expect(snapshot.freshness, .live, "the first snapshot of a registry that answers is live")
      findings.expect(Self.numbers(snapshot.instances), [1, 2], "the first snapshot is what is there now")
      findings.expect(
        snapshot.instances.map(\.id), Set(snapshot.instances.map(\.id)).sorted(), "each id once, in order")
      break
    }
    try await put(service, [], instead: [1, 2])
    return findings
  }

  private func changes() async throws -> Findings {
    var findings = Findings()
    let service = "conformance-changes"
    var reader = provider.watch(service).makeAsyncIterator()
    var before: [Int] = []
    _ = await reader.next()
    for numbers in [[1], [1, 2], [2, 3], []] {
      try await put(service, numbers, instead: before)
      let seen = await Self.read(&reader) { Self.numbers($0.instances) == numbers }
      findings.expect(seen?.freshness, .live, "a watch gives the list after a change to \(numbers)")
      findings.expect(
        Self.numbers(try await provider.discover(service)), numbers, "discover gives the list after a change")
      before = numbers
    }
    return findings
  }

  /// Each list has one instance, of a higher number than the one before.
  private func slowReader() async throws -> Findings {
    var findings = Findings()
    let service = "conformance-slow"
    var reader = provider.watch(service).makeAsyncIterator()
    _ = await reader.next()
    for number in 1...20 { try await put(service, [number], instead: [number - 1]) }
    var highest = 0
    var lists = 0
    while let snapshot = await reader.next() {
      let number = Self.numbers(snapshot.instances).max() ?? 0
      findings.expect(
        number >= highest, "an old list never comes after a newer one", found: "\(number) after \(highest)")
      highest = max(highest, number)
      lists += 1
      if Self.numbers(snapshot.instances) == [20] { break }
    }
    findings.expect(highest, 20, "a slow reader gets the last list")
    findings.expect(lists <= 20, "a slow reader misses the lists between", found: "\(lists) lists")
    try await put(service, [], instead: [20])
    return findings
  }

  private func severalWatchers() async throws -> Findings {
    let service = "conformance-several"
    let findings = try await withThrowingTaskGroup(of: Findings.self) { group in
      for _ in 0..<4 {
        group.addTask {
          var findings = Findings()
          var reader = provider.watch(service).makeAsyncIterator()
          let seen = await Self.read(&reader) { Self.numbers($0.instances) == [4, 5] }
          findings.expect(seen != nil, "every watcher gets the change", found: "the end")
          return findings
        }
      }
      try await put(service, [4, 5])
      return try await group.reduce(into: []) { $0.append($1) }
    }
    try await put(service, [], instead: [4, 5])
    return findings.first { !$0.violations.isEmpty } ?? Findings()
  }

  private func cancelledWatch() async throws -> Findings {
    await withTaskGroup(of: Int.self) { group in
      let (first, arrived) = AsyncStream.makeStream(of: Void.self)
      group.addTask {
        var after = 0
        for await _ in provider.watch("conformance-cancelled") {
          if Task.isCancelled { after += 1 } else { arrived.yield() }
        }
        return after
      }
      for await _ in first { break }
      group.cancelAll()
      let after = await group.next() ?? 0
      var findings = Findings()
      findings.expect(after <= 1, "a watch ends when its reader is cancelled", found: "\(after) more snapshots")
      return findings
    }
  }

  /// Reads until a snapshot fits; nil at the end of the sequence.
  static func read(
    _ reader: inout SnapshotSequence.Iterator, until isFit: (Snapshot) -> Bool
  ) async -> Snapshot? {
    while let snapshot = await reader.next() {
      if isFit(snapshot) { return snapshot }
    }
    return nil
  }
}
