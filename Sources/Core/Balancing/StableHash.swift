/// Hashes that are the same in every process and on every machine, unlike Swift's own.
public enum StableHash {
  /// FNV-1a over the bytes (Fowler, Noll and Vo), its bits mixed once more, since FNV's high bits are weak for short texts.
  public static func of(_ text: String, seed: UInt64 = 0) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ SeededGenerator.mix(seed)
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return SeededGenerator.mix(hash)
  }

  /// One hash of two.
  static func combine(_ first: UInt64, _ second: UInt64) -> UInt64 {
    SeededGenerator.mix(first ^ SeededGenerator.mix(second &+ 0x9E37_79B9_7F4A_7C15))
  }
}
