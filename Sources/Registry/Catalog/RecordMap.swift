/// A persistent map from names to large values, each behind one reference: changing one after a copy then copies the
/// references of its neighbours in the trie, not all that they hold.
struct RecordMap<Record: Sendable>: Sendable {
  /// An array of one element: the box, shared until it is changed, that the standard library has.
  private var boxes = PersistentMap<String, [Record]>()

  var count: Int { boxes.count }

  subscript(name: String) -> Record? { boxes[name]?[0] }

  mutating func set(_ record: Record, for name: String) { boxes.set([record], for: name) }

  /// Changes a record in place; returns whether it was there.
  @discardableResult
  mutating func update(_ name: String, _ change: (inout Record) -> Void) -> Bool {
    boxes.update(name) { change(&$0[0]) }
  }

  @discardableResult
  mutating func remove(_ name: String) -> Bool { boxes.remove(name) }

  func forEach(_ body: (String, Record) -> Void) {
    boxes.forEach { body($0, $1[0]) }
  }

  var values: [Record] { boxes.values.map { $0[0] } }
}
