/// Writes JSON text, without white space.
enum JSONText {
  private static let digits: [UInt8] = Array("0123456789abcdef".utf8)

  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0x0D: bytes += [0x5C, 0x72]
      case 0x09: bytes += [0x5C, 0x74]
      case 0..<0x20: bytes += [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }

  static func append(_ number: some BinaryInteger, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Adds a number; what JSON has no form for is a word, in quotes or as Python's `json` writes it.
  static func append(_ number: Double, quotingWords: Bool, to bytes: inout [UInt8]) {
    if number.isFinite { return bytes.append(contentsOf: number.description.utf8) }
    let word = number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
    if quotingWords { append(word, to: &bytes) } else { bytes.append(contentsOf: word.utf8) }
  }
}
