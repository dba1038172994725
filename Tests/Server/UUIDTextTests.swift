internal import MusterTestSupport
internal import Testing

@testable internal import MusterServer

@Suite("A random identifier")
struct UUIDTextTests {
  private struct Constant: RandomNumberGenerator {
    let value: UInt64
    func next() -> UInt64 { value }
  }

  @Test(
    "has the version and variant of RFC 9562, whatever the random bits",
    arguments: [
      (0, "00000000-0000-4000-8000-000000000000"), (UInt64.max, "ffffffff-ffff-4fff-bfff-ffffffffffff"),
      (0x0123_4567_89AB_CDEF, "01234567-89ab-4def-8123-456789abcdef"),
    ])
  func layout(bits: UInt64, text: String) {
    var generator = Constant(value: bits)
    #expect(UUIDText.make(using: &generator) == text)
  }

  @Test("is another one each time")
  func distinct() {
    var random = SplitMix64(seed: 7)
    let texts = (0..<1_000).map { _ in UUIDText.make(using: &random) }
    #expect(Set(texts).count == 1_000)
    #expect(texts.allSatisfy { $0.utf8.count == 36 && $0.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12] })
    #expect(UUIDText.random() != UUIDText.random())
  }
}
