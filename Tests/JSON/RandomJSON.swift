import MusterJSON

extension JSON {
  /// A random value, nested at most `depth` levels.
  static func random(depth: Int, using random: inout SplitMix64) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int64(bitPattern: random.next()) >> Int64.random(in: 0..<64, using: &random))
    case 3:
      let number = Double(bitPattern: random.next())
      return .number(number.isFinite ? number : 0.1)
    case 4, 5: return .string(randomText(using: &random))
    case 6:
      let count = Int.random(in: 0...5, using: &random)
      return .array((0..<count).map { _ in .random(depth: depth - 1, using: &random) })
    default:
      let count = Int.random(in: 0...5, using: &random)
      return .object(
        (0..<count).map { index in
          // The index keeps keys apart.
          let key = "\(index)" + randomText(using: &random)
          return Member(key: key, value: .random(depth: depth - 1, using: &random))
        })
    }
  }

  /// A text of plain, escaped and multi-byte characters.
  static func randomText(using random: inout SplitMix64) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...24, using: &random) {
      let limit: UInt32 = [0x20, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x800, 0x11_0000].randomElement(using: &random) ?? 0x7F
      if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) { text.append(scalar) }
    }
    return String(text)
  }
}
