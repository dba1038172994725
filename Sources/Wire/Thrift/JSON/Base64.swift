/// Bytes as text of 64 letters, as JSON protocols hold them.
package enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding: UInt8 = 0x3D

  /// Bytes as text, with padding.
  package static func encode(_ bytes: Span<UInt8>) -> String {
    let table = letters.span
    let text = [UInt8](capacity: (bytes.count + 2) / 3 * 4) { output in
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let count = min(bytes.count - start, 3)
        var word = UInt32(bytes[start]) << 16
        if count > 1 { word |= UInt32(bytes[start + 1]) << 8 }
        if count > 2 { word |= UInt32(bytes[start + 2]) }
        output.append(table[Int(word >> 18)])
        output.append(table[Int(word >> 12 & 63)])
        output.append(count > 1 ? table[Int(word >> 6 & 63)] : padding)
        output.append(count > 2 ? table[Int(word & 63)] : padding)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes that text stands for; some libraries leave the padding out. Nil if it is not Base64.
  package static func decode(_ text: String) -> [UInt8]? {
    var (bytes, word, bits) = ([UInt8](), UInt32(0), 0)
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var padding = 0
    for letter in text.utf8 {
      if letter == Self.padding {
        padding += 1
        continue
      }
      guard padding == 0, let value = value(letter) else { return nil }
      word = word << 6 | UInt32(value)
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
    }
    // A letter alone has too few bits for a byte.
    return padding <= 2 && bits < 6 ? bytes : nil
  }

  private static func value(_ letter: UInt8) -> UInt8? {
    switch letter {
    case 0x41...0x5A: letter - 0x41
    case 0x61...0x7A: letter - 0x61 + 26
    case 0x30...0x39: letter - 0x30 + 52
    case 0x2B: 62
    case 0x2F: 63
    default: nil
    }
  }
}
