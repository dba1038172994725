@_spi(_Unicode) internal import Swift

extension Parameters {
  /// Adds a name or an id.
  ///
  /// Two strings that differ only in how their accents are composed are one key to the catalog, as they are equal, and
  /// would be two to SQLite, which compares bytes: a removal could then miss what was added. So keys are always written
  /// composed (Unicode's form NFC). The standard library composes to compare strings, but does not offer it to all.
  mutating func key(_ value: String) {
    let start = bytes.count
    text(value)
    guard !bytes[start...].allSatisfy({ $0 < 0x80 }) else { return }
    removeLast(from: start)
    var composed = ""
    composed.unicodeScalars.append(contentsOf: value._nfc)
    text(composed)
  }

  /// Adds an optional name or id.
  mutating func key(_ value: String?) {
    if let value { key(value) } else { null() }
  }
}
