internal import CEpoll

/// The processors that this process may use, and the binding of threads to them.
public struct Processors: Sendable {
  /// Their numbers, in order; never empty.
  public let allowed: [Int]

  /// Asks the system.
  ///
  /// - Throws: `LoadError` when it does not tell.
  public init() throws(LoadError) {
    var words = [UInt](repeating: 0, count: affinity_words)
    guard unsafe affinity_get(&words) > 0 else {
      throw LoadError.last(.system, "can't tell which processors this process may use")
    }
    allowed = (0..<words.count * UInt.bitWidth).filter { processor in
      words[processor / UInt.bitWidth] >> UInt(processor % UInt.bitWidth) & 1 == 1
    }
    guard !allowed.isEmpty else { throw LoadError(.system, "this process may use no processor") }
  }

  /// Binds the calling thread to one processor, with all threads and processes that it starts from now on.
  ///
  /// - Throws: `LoadError` when the system refuses.
  public static func bindThisThread(to processor: Int) throws(LoadError) {
    var words = [UInt](repeating: 0, count: affinity_words)
    let (word, bit) = processor.quotientAndRemainder(dividingBy: UInt.bitWidth)
    guard words.indices.contains(word) else { throw LoadError(.system, "there is no processor \(processor)") }
    words[word] = 1 << UInt(bit)
    guard unsafe affinity_set(words) == 0 else {
      throw LoadError.last(.system, "can't bind a thread to processor \(processor)")
    }
  }
}
