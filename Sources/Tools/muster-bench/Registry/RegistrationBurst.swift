internal import MusterLoad

/// Registers new instances and removes them again, so that the registry stays as large as it was.
///
/// Only registering is timed.
struct RegistrationBurst: ~Copyable {
  private static let most = 5_000
  private var client: LoadClient
  private let seconds: Double
  private let most: Int
  private var next: Int

  /// Connects; no instance from the number `first` on may be there yet.
  init(_ bench: Bench, port: UInt16, first: Int) throws(LoadError) {
    client = try LoadClient(port: port, connections: 64)
    seconds = bench.seconds
    most = bench.size(Self.most, quick: 200)
    next = first
  }

  /// Registrations a second, measured for the benchmark's time.
  mutating func rate() throws(LoadError) -> Double {
    var (answers, nanoseconds) = (0, UInt64(0))
    while Double(nanoseconds) < seconds * 1e9 {
      let first = next
      next += most
      let result = try client.run(.requests(most)) { RegistryRequest.register.bytes(first + $0) }
      answers += result.answers
      nanoseconds += result.nanoseconds
      _ = try client.run(.requests(most)) { RegistryRequest.deregister.bytes(first + $0) }
    }
    return Double(answers) * 1e9 / Double(nanoseconds)
  }
}
