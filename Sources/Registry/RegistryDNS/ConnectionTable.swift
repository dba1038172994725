internal import MusterEventLoop
internal import Synchronization

/// The TCP connections of a thread, of which those that are silent are closed.
final class ConnectionTable {
  private unowned let worker: DNSWorker
  private var connections: [ObjectIdentifier: DNSConnection] = [:]
  private let limit: Int
  private let idleMilliseconds: UInt64
  private var timer: LoopTimer?

  init(_ worker: DNSWorker) {
    self.worker = worker
    limit = max(1, worker.settings.limits.tcpConnections / worker.settings.threads)
    idleMilliseconds = UInt64(max(1, worker.settings.limits.tcpIdle / .milliseconds(1)))
    timer = LoopTimer(worker.loop) { [weak self] in self?.sweep() }
    timer?.start(after: .milliseconds(250), every: .milliseconds(250))
  }

  /// Serves a connection. One too many takes the place of the one that has been silent longest.
  func accept(_ stream: TCPConnection) {
    if connections.count >= limit { connections.values.min { $0.lastQuery < $1.lastQuery }?.close() }
    let connection = DNSConnection(stream, worker, self)
    connections[ObjectIdentifier(connection)] = connection
    countConnections()
    stream.start(connection)
  }

  func remove(_ connection: DNSConnection) {
    connections[ObjectIdentifier(connection)] = nil
    countConnections()
  }

  private func countConnections() {
    worker.counters.tcpConnections.store(connections.count, ordering: .relaxed)
  }

  private func sweep() {
    let now = worker.loop.now
    for connection in connections.values where connection.lastQuery + idleMilliseconds < now { connection.close() }
  }
}
