extension String {
  /// Whether the bytes from `start` on begin with those of `part`.
  func hasBytes(of part: String, at start: Int) -> Bool {
    let (bytes, wanted) = (utf8.span, part.utf8.span)
    guard bytes.count - start >= wanted.count else { return false }
    for index in wanted.indices where bytes[start + index] != wanted[index] { return false }
    return true
  }

  /// Whether both are made of the same bytes: texts that are equal can be composed of different characters.
  func hasBytes(of other: String) -> Bool {
    utf8.count == other.utf8.count && hasBytes(of: other, at: 0)
  }
}
