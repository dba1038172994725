/// One registration of the program, as the requests that the registry gets.
package struct SupervisedService: Sendable {
  /// The instance's id.
  package var id: String
  /// Where `registration` is put.
  package var registerPath: String
  /// The body that registers it.
  package var registration: [UInt8]
  /// What is put to report that it passes.
  package var heartbeatPath: String
  /// What is put to remove it.
  package var deregisterPath: String

  /// Describes a registration.
  package init(
    id: String, registerPath: String, registration: [UInt8], heartbeatPath: String, deregisterPath: String
  ) {
    self.id = id
    self.registerPath = registerPath
    self.registration = registration
    self.heartbeatPath = heartbeatPath
    self.deregisterPath = deregisterPath
  }
}
