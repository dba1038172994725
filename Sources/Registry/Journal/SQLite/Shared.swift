/// Values that were parsed from texts, so that equal texts share one value.
struct Shared<Value> {
  /// The value of the last text.
  private(set) var last: Value
  private var lastText = ""
  private var values: [String: Value] = [:]

  /// So many different values are kept.
  static var limit: Int { 4096 }

  /// `empty` is the value of an empty text.
  init(_ empty: Value) {
    last = empty
    values[""] = empty
  }

  /// Whether the column has the last text: mostly, and that spares even making a string.
  func isLast(_ row: Statement, _ column: Int32) -> Bool { row.isText(column, lastText) }

  /// The value of a text that was there before.
  mutating func known(_ text: String) -> Value? {
    // Equal texts can be of different bytes.
    guard let place = values.index(forKey: text), values.keys[place].utf8.elementsEqual(text.utf8) else { return nil }
    let value = values.values[place]
    (last, lastText) = (value, text)
    return value
  }

  /// Takes note of the value of a new text; returns it.
  mutating func keep(_ value: Value, for text: String) -> Value {
    // The value of an equal text of other bytes stays that text's.
    if values.count < Self.limit, values[text] == nil { values[text] = value }
    (last, lastText) = (value, text)
    return value
  }
}
