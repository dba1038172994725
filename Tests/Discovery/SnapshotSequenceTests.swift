import MusterDiscovery
import Testing

@Suite("A sequence of snapshots")
struct SnapshotSequenceTests {
  private struct Counter: SnapshotSource {
    let last: Int
    var count = 0

    mutating func next() async -> Snapshot? {
      count += 1
      return count > last ? nil : Snapshot(service: "\(count)", instances: [])
    }
  }

  @Test("that is made on demand ends with its source, and stays ended")
  func made() async {
    var reader = SnapshotSequence(Counter(last: 2)).makeAsyncIterator()
    for expected in ["1", "2", nil, nil] as [String?] { #expect(await reader.next()?.service == expected) }
  }

  @Test("that is published holds the newest snapshot only")
  func published() async {
    let (snapshots, publisher) = SnapshotSequence.make()
    for number in 1...3 { #expect(publisher.publish(Snapshot(service: "\(number)", instances: []))) }
    publisher.finish()
    #expect(!publisher.publish(Snapshot(service: "late", instances: [])))
    var reader = snapshots.makeAsyncIterator()
    for expected in ["3", nil, nil] as [String?] { #expect(await reader.next()?.service == expected) }
  }
}
