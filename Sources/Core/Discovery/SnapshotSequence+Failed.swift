extension SnapshotSequence {
  /// An empty stale snapshot with the reason, and the end: what a watch of something impossible gives.
  public static func failed(_ service: String, _ error: DiscoveryError) -> SnapshotSequence {
    let (snapshots, publisher) = make()
    publisher.publish(Snapshot(service: service, instances: [], freshness: .stale(reason: error.message)))
    publisher.finish()
    return snapshots
  }
}
