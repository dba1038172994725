/// A text to look for in others, in time linear in their length whatever the texts are (Knuth, Morris and Pratt).
struct Needle: Sendable {
  private let bytes: [UInt8]
  /// For each prefix, one shorter than its index: the length of its longest proper prefix that is also its suffix.
  private let fallback: [Int]

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var fallback = [0, 0]
    var matched = 0
    for byte in bytes.dropFirst() {
      while matched > 0, bytes[matched] != byte { matched = fallback[matched] }
      if bytes[matched] == byte { matched += 1 }
      fallback.append(matched)
    }
    self.bytes = bytes
    self.fallback = fallback
  }

  /// Whether the text occurs in `text`, compared by bytes; the empty text occurs everywhere.
  func occurs(in text: String) -> Bool {
    guard !bytes.isEmpty else { return true }
    var matched = 0
    for byte in text.utf8 {
      while matched > 0, bytes[matched] != byte { matched = fallback[matched] }
      if bytes[matched] == byte { matched += 1 }
      if matched == bytes.count { return true }
    }
    return false
  }
}

extension String {
  /// Equality as Consul has it, by bytes; `==` also holds for different encodings of the same characters.
  func hasSameBytes(as other: String) -> Bool {
    let mine = utf8.span
    let theirs = other.utf8.span
    guard mine.count == theirs.count else { return false }
    for index in mine.indices where mine[index] != theirs[index] { return false }
    return true
  }
}
