internal import Glibc
internal import Muster

/// Calls a service at a steady rate, whether or not earlier calls were answered.
struct SteadyCaller {
  private let client: ServiceClient
  private let pause: Duration

  init(service: String, policy: BalancingPolicy, rate: Int, attemptTimeout: Duration) throws {
    var settings = CallSettings()
    settings.policy = policy
    settings.attemptTimeout = attemptTimeout
    client = try ServiceClient(service, settings: settings) { event in print("#", Self.microsecondsSince1970(), event) }
    pause = .seconds(1) / rate
  }

  func run(for duration: Duration) async throws {
    let registry = try ConsulDiscovery()
    try await withThrowingTaskGroup { group in
      group.addTask { await client.run(watching: registry) }
      while client.caller.balancer.status.count < 3 { try await Task.sleep(for: .milliseconds(10)) }
      print("calling")
      fflush(nil)
      try await call(for: duration)
      group.cancelAll()
    }
  }

  private func call(for duration: Duration) async throws {
    let start = ContinuousClock.now
    try await withThrowingDiscardingTaskGroup { group in
      var due = start
      while due < start + duration {
        try await Task.sleep(until: due, clock: .continuous)
        // From when it was due: a caller that is late counts as a part of the latency.
        group.addTask { [due] in await call(due: due) }
        due += pause
      }
    }
  }

  private func call(due: ContinuousClock.Instant) async {
    let time = Self.microsecondsSince1970()
    var answer: String
    do {
      answer = try await client.get("/").text.filter { !$0.isNewline }
    } catch {
      answer = "!\(error)"
    }
    print(time, Int(due.duration(to: .now) / .microseconds(1)), answer)
  }

  private static func microsecondsSince1970() -> Int {
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    return now.tv_sec * 1_000_000 + now.tv_nsec / 1_000
  }
}
