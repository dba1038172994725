internal import MusterDNS

/// A thread's own answers, found by the packet itself: without a lock, and without taking memory.
struct AnswerTable {
  private struct Slot {
    var answer: PreparedAnswer?
    var epoch: UInt64 = 0
  }

  /// A question as it is in a packet, with a hash of it.
  struct Question {
    let nameLength: Int
    let type: RecordType
    let hash: UInt64
  }

  /// Enough for the names that a machine's clients keep asking for; a power of two.
  private static let slotCount = 1_024
  /// Larger answers are left to the shared cache, which bounds its memory; writing one takes far longer than finding it.
  private static let sizeLimit = 16 << 10
  private var slots = [Slot](repeating: Slot(), count: slotCount)

  /// The answer to a question, if it was kept since the last change of anything.
  @inline(__always)
  func find(_ question: Question, in packet: Span<UInt8>, epoch: UInt64) -> PreparedAnswer? {
    let slot = slots[Int(truncatingIfNeeded: question.hash) & (Self.slotCount - 1)]
    guard slot.epoch == epoch, let answer = slot.answer, answer.isAbout(question, in: packet) else { return nil }
    return answer
  }

  /// Keeps an answer that was looked for when the epoch was this.
  mutating func insert(_ answer: PreparedAnswer, _ question: Question, epoch: UInt64) {
    guard answer.size <= Self.sizeLimit else { return }
    slots[Int(truncatingIfNeeded: question.hash) & (Self.slotCount - 1)] = Slot(answer: answer, epoch: epoch)
  }
}

extension AnswerTable.Question {
  /// FNV-1a over the name in lower case and the type: names are short, and a clash only costs a slower look-up.
  @inline(__always)
  init(_ query: Query, in packet: Span<UInt8>) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in Query.nameOffset..<Query.nameOffset + query.nameLength {
      hash = (hash ^ UInt64(packet[index].lowercasedASCII)) &* 0x100_0000_01b3
    }
    hash = (hash ^ UInt64(query.type.rawValue)) &* 0x100_0000_01b3
    // The lowest bits of the product know little of the upper ones.
    self.init(nameLength: query.nameLength, type: query.type, hash: hash ^ hash >> 32)
  }
}

extension PreparedAnswer {
  @inline(__always)
  fileprivate func isAbout(_ question: AnswerTable.Question, in packet: Span<UInt8>) -> Bool {
    guard type == question.type, name.count == question.nameLength else { return false }
    for index in 0..<question.nameLength
    where name[index] != packet[Query.nameOffset + index].lowercasedASCII { return false }
    return true
  }
}
