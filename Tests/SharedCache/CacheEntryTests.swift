import MusterRedis
import MusterTestSupport
import Testing

@testable import MusterSharedCache

@Suite("A cached answer as it stands in Redis")
struct CacheEntryTests {
  private let sample = Array("MCHE".utf8) + [1, 0, 0, 0, 0, 0, 0, 0x27, 0x10, 7, 8]

  @Test("has a layout that other versions can rely on")
  func layout() throws {
    let entry = try #require(CacheEntry(answer: [7, 8], lifetime: .seconds(10)))
    #expect(entry.encoded == sample)
    #expect(try CacheEntry(parsing: sample) == entry)
  }

  @Test(
    "lives a millisecond at least, and a century at most",
    arguments: [
      (Duration.nanoseconds(1), 1), (.milliseconds(1), 1), (.microseconds(1_900), 1), (.seconds(60), 60_000),
      (.seconds(Int64.max), 3_153_600_000_000), (.zero, nil), (.seconds(-1), nil),
    ] as [(Duration, Int64?)])
  func lifetimes(lifetime: Duration, milliseconds: Int64?) {
    #expect(CacheEntry(answer: [], lifetime: lifetime)?.lifetimeMilliseconds == milliseconds)
  }

  @Test(
    "is refused with the reason",
    arguments: [
      ([], "not written by this library"),
      (Array("MCH".utf8), "not written by this library"),
      (Array("{\"a\": 1, \"b\": 2}".utf8), "not written by this library"),
      (Array("MCHE".utf8), "it has 4 bytes; the least is 13"),
      (Array("MCHE".utf8) + [1, 0, 0, 0, 0, 0, 0, 1], "it has 12 bytes"),
      (Array("MCHE".utf8) + [0, 0, 0, 0, 0, 0, 0, 0, 1], "its version is 0; known: 1"),
      (Array("MCHE".utf8) + [2, 0, 0, 0, 0, 0, 0, 0, 1], "its version is 2"),
      (Array("MCHE".utf8) + [1, 0, 0, 0, 0, 0, 0, 0, 0], "its lifetime is 0 ms; allowed: 1 … 3153600000000"),
      (Array("MCHE".utf8) + [1, 255, 255, 255, 255, 255, 255, 255, 255], "its lifetime is 18446744073709551615 ms"),
    ] as [([UInt8], String)])
  func refused(bytes: [UInt8], reason: String) {
    let error = #expect(throws: RedisError.self) { try CacheEntry(parsing: bytes) }
    #expect(error?.code == .invalidValue)
    #expect(error?.message.contains(reason) == true)
  }

  @Test(
    "has the age that its time left says, unless that can't be",
    arguments: [
      (10_000, .zero), (9_999, .milliseconds(1)), (0, .seconds(10)), (10_001, nil), (-1, nil), (-3, nil),
      (Int64.max, nil), (Int64.min, nil),
    ] as [(Int64, Duration?)])
  func ages(left: Int64, age: Duration?) throws {
    let entry = try CacheEntry(parsing: sample)
    if let age {
      #expect(try entry.age(whenLeft: left) == age)
    } else {
      #expect(throws: RedisError.self) { try entry.age(whenLeft: left) }
    }
  }

  @Test("is read or refused but never crashes, whatever its bytes", arguments: [1, 2, 3, 4] as [UInt64])
  func random(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<5_000 {
      var bytes = sample
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        guard let index = bytes.indices.randomElement(using: &random) else { continue }
        if Bool.random(using: &random) {
          bytes[index] = .random(in: 0...255, using: &random)
        } else {
          bytes.remove(at: index)
        }
      }
      guard let entry = try? CacheEntry(parsing: bytes) else { continue }
      #expect(entry.encoded == bytes)
    }
  }
}
