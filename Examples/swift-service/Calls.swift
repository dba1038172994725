internal import Muster

/// Calls a service again and again, and prints who answered how often.
struct Calls {
  private let client: ServiceClient
  private let duration: Duration

  init(service: String, seconds: String) throws {
    guard let seconds = Int(seconds), 1...3_600 ~= seconds else { throw Usage() }
    duration = .seconds(seconds)
    client = try ServiceClient(service) { event in print("event: \(event)") }
  }

  func run() async throws {
    let registry = try ConsulDiscovery()
    var answers: [String: Int] = [:]
    var failures = 0
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await client.run(watching: registry) }
      print("calling")
      let end = ContinuousClock.now + duration
      while ContinuousClock.now < end {
        do {
          answers[try await client.get("/").text, default: 0] += 1
        } catch {
          failures += 1
          print("failed: \(error)")
        }
        try? await Task.sleep(for: .milliseconds(5))
      }
      group.cancelAll()
    }
    for (id, count) in answers.sorted(by: { $0.key < $1.key }) { print("\(id): \(count)") }
    print("failures: \(failures)")
  }
}
