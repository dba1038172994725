internal import Synchronization

/// What a server has done since it started.
public struct DNSCounts: Sendable, Equatable {
  /// Queries over UDP.
  public var udpQueries: UInt64 = 0
  /// Queries over TCP.
  public var tcpQueries: UInt64 = 0
  /// Packets that are no queries, and were refused or ignored.
  public var malformed: UInt64 = 0
  /// Queries that were forwarded.
  public var forwarded: UInt64 = 0
  /// Forwarded queries that failed: there was no answer in time, or too many were waiting for one.
  public var forwardFailures: UInt64 = 0
  /// TCP connections that are open.
  public var tcpConnections: Int = 0
  /// Answers over UDP that the system did not take.
  public var dropped: UInt64 = 0

  /// Zeros.
  public init() {}
}

/// One thread's counts: only it writes them, anyone may read.
final class DNSCounters: Sendable {
  let udpQueries = Atomic<UInt64>(0)
  let tcpQueries = Atomic<UInt64>(0)
  let malformed = Atomic<UInt64>(0)
  let forwarded = Atomic<UInt64>(0)
  let forwardFailures = Atomic<UInt64>(0)
  let tcpConnections = Atomic<Int>(0)
  let dropped = Atomic<UInt64>(0)

  func add(to counts: inout DNSCounts) {
    counts.udpQueries += udpQueries.load(ordering: .relaxed)
    counts.tcpQueries += tcpQueries.load(ordering: .relaxed)
    counts.malformed += malformed.load(ordering: .relaxed)
    counts.forwarded += forwarded.load(ordering: .relaxed)
    counts.forwardFailures += forwardFailures.load(ordering: .relaxed)
    counts.tcpConnections += tcpConnections.load(ordering: .relaxed)
    counts.dropped += dropped.load(ordering: .relaxed)
  }
}

extension Atomic where Value == UInt64 {
  /// Adds one, where no other thread writes: without the cost of an atomic addition.
  @inline(__always)
  borrowing func countAlone() {
    store(load(ordering: .relaxed) &+ 1, ordering: .relaxed)
  }
}
