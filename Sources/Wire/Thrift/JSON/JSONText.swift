/// Writes JSON text, without white space.
enum JSONText {
  private static let digits: [UInt8] = Array("0123456789abcdef".utf8)

  static func append(_ text: String, to bytes: inout [UInt8]) {
    let letters = text.utf8.span
    var (start, place) = (0, 0)
    bytes.append(0x22)
    while place < letters.count {
      let letter = letters[place]
      if letter < 0x20 || letter == 0x22 || letter == 0x5C {
        // What needs no escape is added in one piece.
        bytes.append(letters.extracting(start..<place))
        append(escaped: letter, to: &bytes)
        start = place &+ 1
      }
      place &+= 1
    }
    bytes.append(letters.extracting(start..<place))
    bytes.append(0x22)
  }

  private static func append(escaped letter: UInt8, to bytes: inout [UInt8]) {
    switch letter {
    case 0x22, 0x5C: bytes += [0x5C, letter]
    case 0x0A: bytes += [0x5C, 0x6E]
    case 0x0D: bytes += [0x5C, 0x72]
    case 0x09: bytes += [0x5C, 0x74]
    default: bytes += [0x5C, 0x75, 0x30, 0x30, digits[Int(letter >> 4)], digits[Int(letter & 15)]]
    }
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
