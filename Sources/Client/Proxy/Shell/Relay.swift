internal import MusterDiscovery
internal import MusterEventLoop

/// What carries a service's connections on one loop.
protocol Relay: AnyObject {
  /// A client has connected.
  func accept(_ connection: TCPConnection)
  /// These are the instances now.
  func update(_ instances: [Instance])
  /// No call should go to an instance for a while.
  func rest(_ id: String)
  /// Takes nothing new, and ends what is there as soon as that loses nothing.
  func drain()
  /// Whether nothing is under way.
  var isIdle: Bool { get }
  /// The loop ends.
  func stop()
}
