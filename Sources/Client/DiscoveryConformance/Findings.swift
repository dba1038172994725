internal import MusterDiscovery

/// Collects what is found not to hold.
struct Findings: Sendable {
  private(set) var violations: [Violation] = []

  mutating func expect(_ isKept: Bool, _ promise: String, found: @autoclosure () -> String) {
    if !isKept { violations.append(Violation(promise: promise, found: found())) }
  }

  mutating func expect<Value: Equatable>(_ value: Value, _ expected: Value, _ promise: String) {
    expect(value == expected, promise, found: "\(value) in place of \(expected)")
  }

  mutating func expect(
    _ code: DiscoveryError.Code, _ promise: String, _ body: () async throws -> Void
  ) async {
    do {
      try await body()
      expect(false, promise, found: "no error")
    } catch let error as DiscoveryError {
      expect(error.code == code, promise, found: "an error of another code: \(error)")
      expect(!error.message.isEmpty, "an error says what was wrong", found: "an empty message")
    } catch {
      expect(false, promise, found: "an error of another type: \(error)")
    }
  }

  mutating func succeed(_ promise: String, _ body: () async throws -> Void) async {
    do {
      try await body()
    } catch {
      expect(false, promise, found: "\(error)")
    }
  }
}
