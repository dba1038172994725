public import MusterCatalog

/// Keeps what the catalog decided, in order.
///
/// One thread writes: `load` once, before anything else, then `commit` as often as it likes. `history` may be asked for
/// from any thread meanwhile. After `close` everything but another `close` throws `JournalError`.
public protocol Journal: AnyObject, Sendable {
  /// The catalog as of the last commit; without timers, see `Catalog.timersAtStart`.
  func load() throws(JournalError) -> Catalog

  /// Makes all events durable, or none of them. Returns when they would survive a power cut, if the journal has a file.
  ///
  /// After an error the journal is as it was before, and may be tried again later.
  func commit(_ events: [Event]) throws(JournalError)

  /// What happened, oldest first: the newest `limit` entries that are still kept.
  ///
  /// For a service these are its own events, and those of a node as a whole while the service had an instance there, with
  /// the removal of the node that it was removed with. For nil they are all events.
  func history(of service: String?, limit: Int) throws(JournalError) -> [HistoryEntry]

  /// Sets how much history is kept, from the next commit on.
  func setBounds(_ bounds: HistoryBounds)

  /// Lets go of all resources. Nothing that was committed is lost, with or without it.
  func close()
}
