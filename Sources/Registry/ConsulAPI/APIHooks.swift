/// What only the program around the API can do.
public struct APIHooks: Sendable {
  /// Reads the configuration again; says what is wrong with it, or nil.
  public var reload: @Sendable () -> String?
  /// The number of open connections.
  public var connections: @Sendable () -> Int
  /// What monitoring is to read of the other parts of the program.
  public var readings: @Sendable () -> [Reading]
  /// A clock that never goes back.
  public var now: @Sendable () -> ContinuousClock.Instant
  /// A random share from 0 to 1, by which the waiting time of a blocking query is lengthened.
  public var jitter: @Sendable () -> Double

  /// Hooks; each has a default that does nothing, or asks the machine.
  public init(
    reload: @escaping @Sendable () -> String? = { nil }, connections: @escaping @Sendable () -> Int = { 0 },
    readings: @escaping @Sendable () -> [Reading] = { [] },
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
  ) {
    self.reload = reload
    self.connections = connections
    self.readings = readings
    self.now = now
    self.jitter = jitter
  }
}
