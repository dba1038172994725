/// What a client has to know of its server, already checked.
package struct RedisOptions: Sendable {
  package var address: RedisAddress
  /// The name and password to log in with; the name is only used with a password.
  package var username: String?
  package var password: String?
  package var database = 0
  package var connectTimeout = Duration.milliseconds(200)
  /// The longest time for a call, the wait for its turn and for a connection included.
  package var commandTimeout = Duration.milliseconds(200)
  /// How many connections, with a thread each.
  package var connections = 2
  /// How many calls may wait for a connection.
  package var maximumWaiting = 256
  /// The most bytes of the answers to one call.
  package var maximumReplyBytes = 1 << 20
  /// How long a server that failed is left alone: the shortest time at first, doubled until the longest.
  package var pauses = Duration.milliseconds(100)...Duration.seconds(5)

  package init(address: RedisAddress) {
    self.address = address
  }
}
