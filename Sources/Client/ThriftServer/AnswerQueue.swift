/// The answers of a connection, in the order of its calls although they are ready in any order.
struct AnswerQueue: Sendable {
  private var answers: [[UInt8]?] = []
  /// The number of the first one that has not been sent.
  private var first: UInt64 = 0

  /// How many have not been sent.
  var count: Int { answers.count }

  /// Makes a place for an answer; its number.
  mutating func open() -> UInt64 {
    answers.append(nil)
    return first &+ UInt64(answers.count) &- 1
  }

  /// Takes the answer for a place; what can be sent now, which is nothing while an earlier one is missing.
  mutating func answer(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
    guard number >= first, let index = Int(exactly: number &- first), index < answers.count else { return [] }
    // One call at a time is what most connections do: its answer is not copied.
    if index == 0, answers.count == 1 {
      answers.removeAll(keepingCapacity: true)
      first &+= 1
      return bytes
    }
    answers[index] = bytes
    let ready = answers.prefix { $0 != nil }
    guard !ready.isEmpty else { return [] }
    // Not joined lazily, which goes byte by byte.
    var all: [UInt8] = []
    all.reserveCapacity(ready.reduce(0) { $0 + ($1?.count ?? 0) })
    for case let answer? in ready { all += answer }
    first &+= UInt64(ready.count)
    answers.removeFirst(ready.count)
    return all
  }
}
