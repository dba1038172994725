internal import MusterCatalog
internal import MusterJSON

/// Reads the values of the catalog from rows.
///
/// Values that many rows have in common are parsed once and shared.
struct ValueReader {
  let path: String
  var definitions: [DefinitionRow: CheckDefinition] = [:]
  private var lists: [String: [String]] = [:]
  private var pairs: [String: Labels] = [:]
  private var lastName = ""

  /// How many different values are kept for sharing.
  static var shared: Int { 4096 }

  init(path: String) {
    self.path = path
  }

  func revision(_ row: Statement, _ column: Int32) -> UInt64 { UInt64(clamping: row.integer(column)) }

  /// A name that most rows have in common with the one before.
  mutating func name(_ row: Statement, _ column: Int32) throws(JournalError) -> String {
    if !row.isText(column, lastName) { lastName = try row.text(column) }
    return lastName
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
      id: try row.text(2), service: try row.text(3), tags: try strings(row, 6), address: try row.text(4),
      port: Int(row.integer(5)), meta: try labels(row, 7), taggedAddresses: try addresses(row, 8),
      weights: Instance.Weights(passing: Int(row.integer(9)), warning: Int(row.integer(10))),
      enableTagOverride: row.integer(11) != 0)
    instance.createRevision = revision(row, 12)
    instance.modifyRevision = revision(row, 13)
    return instance
  }

  mutating func check(_ row: Statement) throws(JournalError) -> Check {
    let text = try row.text(5)
    guard let status = HealthStatus(rawValue: text) else { throw row.damaged("the status \(text) of a check") }
    var check = Check(
      id: try row.text(2), name: try row.text(4), status: status, notes: try row.text(6), output: try row.text(7),
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
    let text = try row.text(column)
    if text.isEmpty { return [] }
    if let known = lists[text] { return known }
    let new = try strings(text)
    if lists.count < Self.shared { lists[text] = new }
    return new
  }

  private mutating func labels(_ row: Statement, _ column: Int32) throws(JournalError) -> Labels {
    let text = try row.text(column)
    if text.isEmpty { return [:] }
    if let known = pairs[text] { return known }
    let strings = try strings(text)
    guard strings.count.isMultiple(of: 2) else { throw .damaged(path, "the pairs \(text.prefix(100))") }
    let new = Labels(stride(from: 0, to: strings.count, by: 2).map { (strings[$0], strings[$0 + 1]) })
    if pairs.count < Self.shared { pairs[text] = new }
    return new
  }

  private func addresses(_ row: Statement, _ column: Int32) throws(JournalError) -> [Instance.TaggedAddress] {
    let text = try row.text(column)
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
