import Testing

@testable import MusterProxy

@Suite("The order of answers")
struct ReplyOrderTests {
  @Test("answers leave in the order of their calls, whichever is there first", arguments: 1...50)
  func order(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var order = ReplyOrder()
    var open: [UInt64] = []
    var (next, sent): (UInt64, [UInt64]) = (0, [])
    func content(_ number: UInt64) -> [UInt8] { Array("\(number)".utf8) }
    for _ in 0..<500 {
      if open.isEmpty || Bool.random(using: &random) {
        let number = order.add()
        #expect(number == next)
        next += 1
        open.append(number)
      } else {
        let number = open.remove(at: Int.random(in: open.indices, using: &random))
        let bytes = content(number)
        guard order.answer(number, bytes.span) else { continue }
        sent.append(number)
        while let ready = order.takeReady() {
          #expect(ready == content(UInt64(sent.count)))
          sent.append(UInt64(sent.count))
        }
      }
      #expect(order.count == Int(next) - sent.count)
    }
    #expect(sent == Array(0..<UInt64(sent.count)))
  }

  @Test("an answer to nothing is nobody's")
  func unknown() {
    var order = ReplyOrder()
    let byte: [UInt8] = [1]
    let isNext = order.answer(5, byte.span)
    #expect(!isNext)
    _ = order.add()
    let isLater = order.answer(9, byte.span)
    #expect(!isLater)
    let ready = order.takeReady()
    #expect(ready == nil)
    #expect(order.count == 1)
  }

  @Test("bytes that wait come out as they went in, and are given back", arguments: 1...20)
  func queue(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var queue = ByteQueue()
    var model: [UInt8] = []
    for _ in 0..<300 {
      let more = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      queue.append(more.span)
      model += more
      let gone = Int.random(in: 0...60, using: &random)
      queue.drop(gone)
      model.removeFirst(min(gone, model.count))
      #expect(queue.withSpan { [UInt8](copying: $0) } == model)
      #expect(queue.isEmpty == model.isEmpty)
    }
  }
}

/// SplitMix64, so that a failure comes again with its seed.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
