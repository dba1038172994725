/// The name that came last on a connection, which mostly comes again: to compare costs less than
/// to make another text.
struct KnownName: Sendable {
  private var bytes: [UInt8] = []
  private var text = ""

  /// The text of a name; nil if it is not valid UTF-8.
  mutating func name(_ name: Span<UInt8>) -> String? {
    if isKnown(name) { return text }
    guard let valid = try? UTF8Span(validating: name) else { return nil }
    text = String(copying: valid)
    bytes = [UInt8](copying: name)
    return text
  }

  private func isKnown(_ name: Span<UInt8>) -> Bool {
    guard name.count == bytes.count else { return false }
    for index in name.indices where name[index] != bytes[index] { return false }
    return true
  }
}
