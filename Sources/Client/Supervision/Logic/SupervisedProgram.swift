/// What is supervised, for messages.
package struct SupervisedProgram: Sendable {
  /// What messages call it.
  package var name: String
  /// What makes it ready, such as `no connection is accepted on port 8080` while it does not.
  package var readiness: String
  /// The ids of the instances it is registered as.
  package var services: [String]

  /// Describes a program.
  package init(name: String, readiness: String, services: [String]) {
    self.name = name
    self.readiness = readiness
    self.services = services
  }
}
