/// Numbers in as many bytes as they need, seven bits in each, the lowest first.
enum Varint {
  /// Passes a number of at most 16, 32 or 64 bits; nil, and nothing is passed, if the bytes end within it.
  @inline(__always)
  static func find(_ bytes: Span<UInt8>, _ at: inout Int, bits: Int) throws(ThriftError) -> UInt64? {
    guard at < bytes.count else { return nil }
    let first = bytes[at]
    guard first >= 0x80 else {
      at &+= 1
      return UInt64(first)
    }
    return try long(bytes, &at, bits: bits)
  }

  private static func long(_ bytes: Span<UInt8>, _ at: inout Int, bits: Int) throws(ThriftError) -> UInt64? {
    var (number, shift, place) = (UInt64(0), 0, at)
    while place < bytes.count {
      let part = UInt64(bytes[place])
      let left = bits - shift
      guard left >= 7 || left > 0 && part >> UInt64(left) == 0 else {
        throw ThriftError(.malformed, "a number has more than \(bits) bits", at: at)
      }
      number |= (part & 0x7F) << UInt64(shift)
      place += 1
      shift += 7
      if part < 0x80 {
        at = place
        return number
      }
    }
    return nil
  }

  /// The number that its zigzag form stands for: 0, -1, 1, -2 and so on.
  @inline(__always)
  static func unfold(_ number: UInt64) -> Int64 {
    Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  /// The zigzag form of a number.
  @inline(__always)
  static func fold(_ number: Int64) -> UInt64 {
    UInt64(bitPattern: (number &<< 1) ^ (number &>> 63))
  }
}

extension [UInt8] {
  @inline(__always)
  mutating func append(varint number: UInt64) {
    guard number >= 0x80 else { return append(UInt8(truncatingIfNeeded: number)) }
    append(addingCapacity: 10) { output in
      var rest = number
      while rest >= 0x80 {
        output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      output.append(UInt8(truncatingIfNeeded: rest))
    }
  }
}
