/// Key-value text pairs, in key order without duplicates: a tenth of a dictionary's memory, and always rendered alike.
public struct Labels: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// One pair.
  public struct Pair: Sendable, Equatable {
    /// The unique key.
    public let key: String
    /// Its value.
    public let value: String
  }

  /// The pairs in key order.
  public let pairs: [Pair]

  /// Sorts the pairs by key; of equal keys the last one stays.
  public init(_ pairs: some Sequence<(String, String)>) {
    var sorted: [Pair] = []
    sorted.reserveCapacity(pairs.underestimatedCount)
    for (key, value) in pairs {
      // Mostly given in order, and few: looked for from the end.
      let place = (sorted.lastIndex { $0.key <= key } ?? -1) + 1
      if place > 0, sorted[place - 1].key == key {
        sorted[place - 1] = Pair(key: key, value: value)
      } else {
        sorted.insert(Pair(key: key, value: value), at: place)
      }
    }
    self.pairs = sorted
  }

  /// The pairs of a literal.
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements)
  }

  /// Whether there are no pairs.
  public var isEmpty: Bool { pairs.isEmpty }

  /// The value of `key`.
  public subscript(key: String) -> String? {
    pairs.first { $0.key == key }?.value
  }
}
