internal import CEpoll

/// The processors that a thread may use, and the binding of threads to them.
public struct Processors: Sendable {
  /// A bit for each processor.
  private let words: [UInt]

  /// Their numbers, in order; never empty.
  public var allowed: [Int] {
    (0..<words.count * UInt.bitWidth).filter { words[$0 / UInt.bitWidth] >> UInt($0 % UInt.bitWidth) & 1 == 1 }
  }

  /// Those that the calling thread may use.
  ///
  /// - Throws: `LoadError` when the system does not tell.
  public init() throws(LoadError) {
    var words = [UInt](repeating: 0, count: affinity_words)
    guard unsafe affinity_get(&words) > 0, words.contains(where: { $0 != 0 }) else {
      throw LoadError.last(.system, "can't tell which processors this thread may use")
    }
    self.words = words
  }

  /// A single one.
  ///
  /// - Throws: `LoadError` for a number that no processor has.
  public init(only processor: Int) throws(LoadError) {
    var words = [UInt](repeating: 0, count: affinity_words)
    guard processor >= 0, processor < words.count * UInt.bitWidth else {
      throw LoadError(.system, "there is no processor \(processor)")
    }
    words[processor / UInt.bitWidth] = 1 << UInt(processor % UInt.bitWidth)
    self.words = words
  }

  /// Binds the calling thread to them, with all threads and processes that it starts from now on.
  ///
  /// - Throws: `LoadError` when the system refuses.
  public func bindThisThread() throws(LoadError) {
    guard unsafe affinity_set(words) == 0 else {
      throw LoadError.last(.system, "can't bind a thread to the processors \(allowed)")
    }
  }
}
