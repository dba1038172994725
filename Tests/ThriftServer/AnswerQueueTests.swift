import MusterTestSupport
import Testing

@testable import MusterThriftServer

@Suite("The answers of a connection")
struct AnswerQueueTests {
  @Test("leave in the order of the calls, whatever order they come in")
  func order() {
    var random = SplitMix64(seed: 81)
    for _ in 0..<200 {
      var queue = AnswerQueue()
      var sent: [UInt8] = []
      var open: [UInt64] = []
      var next: UInt64 = 0
      for _ in 0..<100 {
        if open.isEmpty || Bool.random(using: &random) {
          #expect(queue.open() == next)
          open.append(next)
          next += 1
        } else {
          let place = open.remove(at: Int.random(in: 0..<open.count, using: &random))
          sent += queue.answer(place, [UInt8(truncatingIfNeeded: place)])
        }
        #expect(queue.count == Int(next) - sent.count)
      }
      for place in open.shuffled(using: &random) { sent += queue.answer(place, [UInt8(truncatingIfNeeded: place)]) }
      #expect(sent == (0..<next).map { UInt8(truncatingIfNeeded: $0) })
      #expect(queue.count == 0)
    }
  }

  @Test("take up no place once they are empty, as those of oneway calls")
  func empty() {
    var queue = AnswerQueue()
    let (first, second) = (queue.open(), queue.open())
    #expect(queue.answer(second, [2]) == [])
    #expect(queue.answer(first, []) == [2])
    #expect(queue.count == 0)
  }

  @Test("for places that there are not are dropped")
  func unknown() {
    var queue = AnswerQueue()
    #expect(queue.answer(0, [1]) == [])
    let place = queue.open()
    #expect(queue.answer(place, [1]) == [1])
    #expect(queue.answer(place, [1]) == [])
    #expect(queue.answer(.max, [1]) == [])
  }
}
