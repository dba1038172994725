public import MusterCatalog
public import MusterTiming

/// One thing that happened.
public struct HistoryEntry: Sendable, Equatable {
  /// The place in the order of all changes.
  public let revision: UInt64
  /// When it happened.
  public let time: Timestamp
  /// What happened.
  public let kind: Event.Kind
  /// Whom it happened to.
  public let subject: Event.Subject
  /// Why, in words for a person.
  public let cause: String

  /// An entry.
  public init(revision: UInt64, time: Timestamp, kind: Event.Kind, subject: Event.Subject, cause: String) {
    self.revision = revision
    self.time = time
    self.kind = kind
    self.subject = subject
    self.cause = cause
  }

  /// The entry that an event leaves.
  public init(_ event: Event) {
    self.init(
      revision: event.revision, time: event.time, kind: event.kind, subject: event.subject, cause: event.cause)
  }
}
