internal import MusterCatalog
internal import MusterJSON

/// Reads the values of the catalog from rows.
///
/// Values that many rows have in common are parsed once and shared.
struct ValueReader {
  let path: String
  var definitions: [DefinitionRow: CheckDefinition] = [:]
  /// The definition of the row before.
  var lastDefinition: (row: DefinitionRow, definition: CheckDefinition)?
  private var lists = Shared<[String]>([])
  private var pairs = Shared<Labels>([:])
  /// The text of each column in the row before.
  private var lastTexts = [String](repeating: "", count: 20)

  init(path: String) {
    self.path = path
  }

  func revision(_ row: Statement, _ column: Int32) -> UInt64 { UInt64(clamping: row.integer(column)) }

  /// A text that most rows have in common with the one before: it is shared.
  mutating func text(_ row: Statement, _ column: Int32) throws(JournalError) -> String {
    let place = Int(column)
    if !row.isText(column, lastTexts[place]) { lastTexts[place] = try row.text(column) }
    return lastTexts[place]
  }

  mutating func node(_ row: Statement) throws(JournalError) -> Node {
    var node = Node(
      name: try row.text(1), id: try row.text(2), address: try row.text(3), taggedAddresses: try labels(row, 4),
      meta: try labels(row, 5))
    node.createRevision = revision(row, 6)
    node.modifyRevision = revision(row, 7)
    return node
  }

  mutating func instance(_ row: Statement) throws(JournalError) -> Instance {
    var instance = Instance(
      id: try row.text(2), service: try text(row, 3), tags: try strings(row, 6), address: try text(row, 4),
      port: Int(row.integer(5)), meta: try labels(row, 7), taggedAddresses: try addresses(row, 8),
      weights: Instance.Weights(passing: Int(row.integer(9)), warning: Int(row.integer(10))),
      enableTagOverride: row.integer(11) != 0)
    instance.createRevision = revision(row, 12)
    instance.modifyRevision = revision(row, 13)
    return instance
  }

  mutating func check(_ row: Statement) throws(JournalError) -> Check {
    let word = try text(row, 5)
    guard let status = HealthStatus(rawValue: word) else { throw row.damaged("the status \(word) of a check") }
    var check = Check(
      id: try row.text(2), name: try text(row, 4), status: status, notes: try text(row, 6), output: try text(row, 7),
      definition: try definition(row))
    check.createRevision = revision(row, 17)
    check.modifyRevision = revision(row, 18)
    return check
  }

  /// The elements of a JSON array.
  func elements(_ text: String) throws(JournalError) -> [JSON] {
    if text.isEmpty { return [] }
    do {
      let limits = JSON.Limits(bytes: 64 << 20, depth: 4, values: 1 << 20)
      if let array = try JSON(parsing: Array(text.utf8), limits: limits).array { return array }
    } catch {
      throw .damaged(path, "the list \(text.prefix(100)): \(error.message)")
    }
    throw .damaged(path, "the list \(text.prefix(100))")
  }

  func strings(_ text: String) throws(JournalError) -> [String] {
    if let plain = text.plainList { return plain }
    let elements = try elements(text)
    let strings = elements.compactMap(\.string)
    guard strings.count == elements.count else { throw .damaged(path, "the list \(text.prefix(100))") }
    return strings
  }

  private mutating func strings(_ row: Statement, _ column: Int32) throws(JournalError) -> [String] {
    if lists.isLast(row, column) { return lists.last }
    let text = try row.text(column)
    if let known = lists.known(text) { return known }
    return lists.keep(try strings(text), for: text)
  }

  private mutating func labels(_ row: Statement, _ column: Int32) throws(JournalError) -> Labels {
    if pairs.isLast(row, column) { return pairs.last }
    let text = try row.text(column)
    if let known = pairs.known(text) { return known }
    let strings = try strings(text)
    guard strings.count.isMultiple(of: 2) else { throw .damaged(path, "the pairs \(text.prefix(100))") }
    let labels = Labels(stride(from: 0, to: strings.count, by: 2).map { (strings[$0], strings[$0 + 1]) })
    return pairs.keep(labels, for: text)
  }

  private func addresses(_ row: Statement, _ column: Int32) throws(JournalError) -> [Instance.TaggedAddress] {
    let text = try row.text(column)
    if text.isEmpty { return [] }
    let elements = try elements(text)
    var addresses: [Instance.TaggedAddress] = []
    for start in stride(from: 0, to: elements.count, by: 3) {
      guard elements.count - start >= 3, let tag = elements[start].string, let address = elements[start + 1].string,
        let port = elements[start + 2].integer
      else { throw .damaged(path, "the addresses \(text.prefix(100))") }
      addresses.append(.init(tag: tag, address: address, port: Int(port)))
    }
    return addresses
  }
}
