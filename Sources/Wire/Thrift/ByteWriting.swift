// Numbers, most significant byte first; each makes room once.
extension [UInt8] {
  @inline(__always)
  mutating func append(word16 word: UInt16) {
    append(addingCapacity: 2) { output in
      output.append(UInt8(truncatingIfNeeded: word >> 8))
      output.append(UInt8(truncatingIfNeeded: word))
    }
  }

  @inline(__always)
  mutating func append(word32 word: UInt32) {
    append(addingCapacity: 4) { output in
      output.append(UInt8(truncatingIfNeeded: word >> 24))
      output.append(UInt8(truncatingIfNeeded: word >> 16))
      output.append(UInt8(truncatingIfNeeded: word >> 8))
      output.append(UInt8(truncatingIfNeeded: word))
    }
  }

  @inline(__always)
  mutating func append(word64 word: UInt64) {
    append(addingCapacity: 8) { output in
      var shift: UInt64 = 64
      while shift > 0 {
        shift &-= 8
        output.append(UInt8(truncatingIfNeeded: word &>> shift))
      }
    }
  }

  @inline(__always)
  mutating func append(_ span: Span<UInt8>) {
    append(addingCapacity: span.count) { output in
      for index in span.indices { output.append(span[index]) }
    }
  }

  /// The bytes; none are left here, so whoever gets them can add to them without a copy.
  @inline(__always)
  mutating func movedOut() -> [UInt8] {
    var moved: [UInt8] = []
    swap(&moved, &self)
    return moved
  }

  /// Replaces four bytes that are there.
  mutating func replace(word32At place: Int, with number: Int) {
    let word = UInt32(truncatingIfNeeded: number)
    self[place] = UInt8(truncatingIfNeeded: word >> 24)
    self[place + 1] = UInt8(truncatingIfNeeded: word >> 16)
    self[place + 2] = UInt8(truncatingIfNeeded: word >> 8)
    self[place + 3] = UInt8(truncatingIfNeeded: word)
  }
}
