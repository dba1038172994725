internal import Glibc

/// A program that shows something: says in plain words what it does, and fails when what it shows does not happen.
package struct Scene: Sendable {
  /// Something that was to be shown did not happen.
  package struct DidNotHappen: Error, CustomStringConvertible {
    package let description: String
  }

  /// Runs a scene and ends the process: with 0 if all happened that was to be shown.
  package static func play(_ title: String, _ body: (Scene) async throws -> Void) async -> Never {
    print(title)
    do {
      try await body(Scene())
      print("All of it happened.")
      exit(0)
    } catch {
      print("✗ \(error)")
      exit(1)
    }
  }

  /// Says what is done next.
  package func say(_ words: String) { print("\n\(words)") }

  /// Says something that was seen.
  package func note(_ words: String) { print("  \(words)") }

  /// Says what happened, or fails.
  package func show(_ what: String, _ happened: Bool) throws {
    guard happened else { throw DidNotHappen(description: what) }
    print("✓ \(what)")
  }

  /// Waits until it happens, for 5 s at most.
  package func await(_ what: String, _ condition: () async throws -> Bool) async throws {
    let start = ContinuousClock.now
    while !(try await condition()) {
      guard ContinuousClock.now < start + .seconds(5) else { throw DidNotHappen(description: what) }
      try await Task.sleep(for: .milliseconds(10))
    }
    let (seconds, attoseconds) = start.duration(to: .now).components
    print("✓ \(what), after \(seconds * 1_000 + attoseconds / 1_000_000_000_000_000) ms")
  }
}
