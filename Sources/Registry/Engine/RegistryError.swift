public import MusterCatalog

/// Why the registry did not do what it was asked.
public enum RegistryError: Error, Sendable, Equatable {
  /// The command can't be carried out as it is.
  case rejected(Rejection)
  /// It could not be made durable, so it was not done; the reason is for people. Reading goes on.
  case notDurable(String)
  /// More commands are waiting than the registry takes at once.
  case overloaded
  /// The registry is shutting down.
  case stopping

  /// A sentence for whoever asked.
  public var message: String {
    switch self {
    case .rejected(let rejection): rejection.message
    case .notDurable(let reason): "nothing was changed, since it could not be stored: \(reason)"
    case .overloaded: "too many changes are waiting: try again in a moment"
    case .stopping: "the registry is shutting down"
    }
  }
}
