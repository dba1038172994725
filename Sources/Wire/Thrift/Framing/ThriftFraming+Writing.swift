extension ThriftFraming {
  /// Begins a frame at the end of bytes; its message is to be added to them, and then ``endFrame(at:in:)`` called.
  ///
  /// - Parameters:
  ///   - bytes: what has been written so far.
  ///   - header: what a frame of ``header`` says besides; without it, an empty one with the binary protocol.
  /// - Returns: where the frame begins.
  /// - Throws: a ``ThriftError`` if the header has no form.
  public func beginFrame(in bytes: inout [UInt8], header: ThriftHeader? = nil) throws(ThriftError) -> Int {
    let start = bytes.count
    switch self {
    case .unframed: break
    case .framed: bytes.append(word32: 0)
    case .header:
      bytes.append(word32: 0)
      try (header ?? ThriftHeader(.binary)).write(to: &bytes)
    }
    return start
  }

  /// Ends a frame that began at a place.
  ///
  /// - Throws: a ``ThriftError`` if it is longer than a frame can be.
  public func endFrame(at start: Int, in bytes: inout [UInt8]) throws(ThriftError) {
    guard self != .unframed else { return }
    let size = bytes.count - start - 4
    guard size >= 0, size <= Int(Int32.max) else {
      throw ThriftError(.limit, "a frame has \(size) bytes; from 0 to \(Int32.max) are possible")
    }
    bytes.replace(word32At: start, with: size)
  }
}

extension ThriftHeader {
  /// Adds what a frame begins with after its size.
  func write(to bytes: inout [UInt8]) throws(ThriftError) {
    var head: [UInt8] = []
    // The protocol, and no transforms.
    head += [try number(), 0]
    if !info.isEmpty {
      head.append(varint: Self.infoKind)
      head.append(varint: UInt64(info.count))
    }
    for pair in info {
      for part in [pair.key, pair.value] {
        head.append(varint: UInt64(part.count))
        head += part
      }
    }
    head += Array(repeating: 0, count: (4 - head.count % 4) % 4)
    guard let words = UInt16(exactly: head.count / 4) else {
      throw ThriftError(.limit, "THeader's pairs have \(head.count) bytes; at most \(Int(UInt16.max) * 4) are possible")
    }
    bytes.append(word16: Self.magic)
    bytes.append(word16: flags)
    bytes.append(word32: UInt32(bitPattern: sequenceID))
    bytes.append(word16: words)
    bytes += head
  }

  private func number() throws(ThriftError) -> UInt8 {
    switch self.protocol {
    case .binary: return 0
    case .compact: return 2
    default: throw ThriftError(.unsupported, "THeader has no number for the protocol \(self.protocol)")
    }
  }
}
