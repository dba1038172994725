/// Finds where a JSON array or object ends in text that grows, by its brackets; it does not check what is between them.
struct JSONScan: Sendable {
  private(set) var place = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// Begins anew within so many brackets.
  mutating func begin(at place: Int, depth: Int) {
    self = JSONScan()
    self.place = place
    self.depth = depth
  }

  /// Goes on as far as the text reaches; whether the outermost bracket is closed.
  mutating func run(_ bytes: Span<UInt8>, _ limits: ThriftLimits) throws(ThriftError) -> Bool {
    while depth > 0 {
      guard place < bytes.count else { return false }
      let byte = bytes[place]
      place &+= 1
      if isInString {
        string(byte)
        continue
      }
      switch byte {
      case 0x22: isInString = true
      case 0x5B, 0x7B:
        depth += 1
        guard depth <= JSONNode.depth(limits) else { throw .tooDeep(limits, at: place) }
      case 0x5D, 0x7D: depth -= 1
      default: break
      }
    }
    return true
  }

  @inline(__always)
  private mutating func string(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == 0x5C {
      isEscaped = true
    } else if byte == 0x22 {
      isInString = false
    }
  }
}
