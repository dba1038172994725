/// A persistent map from names to large values, each behind one reference: changing one after a copy then copies the
/// references of its neighbours in the trie, not all that they hold.
struct RecordMap<Record: Keyed>: Sendable where Record.Key == String {
  private struct Box: Keyed {
    /// One element: an array is the box, shared until it is changed, that the standard library has.
    var content: [Record]

    var record: Record { content[0] }
    var key: String { record.key }
  }

  private var boxes = PersistentMap<Box>()

  var count: Int { boxes.count }

  subscript(name: String) -> Record? { boxes[name]?.record }

  mutating func set(_ record: Record) { boxes.set(Box(content: [record])) }

  /// Changes a record in place; returns whether it was there.
  @discardableResult
  mutating func update(_ name: String, _ change: (inout Record) -> Void) -> Bool {
    boxes.update(name) { change(&$0.content[0]) }
  }

  @discardableResult
  mutating func remove(_ name: String) -> Bool { boxes.remove(name) }

  func forEach(_ body: (String, Record) -> Void) {
    boxes.forEach { body($0, $1.record) }
  }

  var values: [Record] { boxes.values.map(\.record) }
}
