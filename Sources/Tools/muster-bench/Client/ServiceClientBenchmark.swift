internal import Muster
internal import MusterLoad
internal import MusterThreading

/// Requests of a `ServiceClient` to a local server, 64 at once, with all of the client's threads on one processor; beside it
/// libcurl alone.
struct ServiceClientBenchmark: Benchmark {
  let figures = ["client.http"]
  private let requests = 64

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    let answer = Answer(headers: [("Content-Type", "text/plain")], body: [UInt8](repeating: 0x61, count: 100))
    let server = try ReferenceServer(bench, like: answer)
    let client: ServiceClient
    do {
      client = try ServiceClient("web")
    } catch {
      throw LoadError(.system, "\(error)")
    }
    defer { client.close() }
    // The server listens at one address: three instances that are one and the same.
    let instances = (0..<3).map { number in
      Instance(id: "web-\(number)", service: "web", endpoint: Endpoint(host: "127.0.0.1", port: server.port))
    }
    client.caller.update(Snapshot(service: "web", instances: instances))
    bench.say("client.http: measuring, in turn with libcurl alone")
    let comparison = try Comparison(rounds: bench.rounds) { () throws(LoadError) in
      try AsyncWork.run { [requests] in try await Self.rate(client, requests: requests, seconds: bench.seconds) }
    } reference: { () throws(LoadError) in
      try CurlLoad.rate(of: "http://127.0.0.1:\(server.port)/", requests: requests, seconds: bench.seconds)
    }
    return [comparison.figure("client.http", unit: "requests/s", goal: .atLeast(15_000), reference: "libcurl alone")]
  }

  private static func rate(_ client: ServiceClient, requests: Int, seconds: Double) async throws -> Double {
    let end = ContinuousClock.now + .seconds(seconds)
    return try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<requests {
        group.addTask {
          var answered = 0
          while ContinuousClock.now < end {
            guard try await client.get("/").status == 200 else {
              throw LoadError(.badAnswer, "an answer was not 200")
            }
            answered += 1
          }
          return answered
        }
      }
      return Double(try await group.reduce(0, +)) / seconds
    }
  }
}
