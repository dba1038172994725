extension ThriftProtocol {
  /// Finds a message's head in bytes that may not be complete yet.
  ///
  /// - Parameters:
  ///   - bytes: the bytes from the message's first on.
  ///   - limits: what a message may ask for.
  /// - Returns: the head, or how many bytes have to be there; ``thriftPyJSON`` needs the whole message.
  /// - Throws: a ``ThriftError`` if the bytes do not begin a message.
  public func head(
    in bytes: Span<UInt8>, limits: ThriftLimits = ThriftLimits()
  ) throws(ThriftError) -> ThriftHeadSearch {
    switch self {
    case .binary, .oldBinary: try BinaryHead.find(in: bytes, at: 0, limits: limits)
    case .compact: try CompactHead.find(in: bytes, at: 0, limits: limits)
    case .json: try JSONHead.find(in: bytes, limits: limits)
    case .thriftPyJSON: try ThriftPyJSONHead.find(in: bytes, limits: limits)
    }
  }

  /// A message with another head; the rest is copied as it is.
  ///
  /// Where only the sequence ID changes, ``ThriftHeadPlace/setSequenceID(_:in:)`` does without a copy.
  ///
  /// - Parameters:
  ///   - place: where the head was found in the message.
  ///   - bytes: the message, without a frame.
  ///   - head: the new head.
  /// - Returns: the whole message.
  public func replacingHead(
    _ place: ThriftHeadPlace, in bytes: Span<UInt8>, with head: ThriftMessageHead
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + head.name.utf8.count + 32)
    result.append(bytes.extracting(0..<place.extent.lowerBound))
    append(head, to: &result)
    result.append(bytes.extracting(place.extent.upperBound..<bytes.count))
    if self == .thriftPyJSON { result.replace(word32At: 0, with: result.count - ThriftPyJSONHead.sizeBytes) }
    return result
  }

  private func append(_ head: ThriftMessageHead, to bytes: inout [UInt8]) {
    switch self {
    case .binary: BinaryHead.append(head, isStrict: true, to: &bytes)
    case .oldBinary: BinaryHead.append(head, isStrict: false, to: &bytes)
    case .compact: CompactHead.append(head, to: &bytes)
    case .json: JSONHead.append(head, to: &bytes)
    case .thriftPyJSON: ThriftPyJSONHead.append(head, to: &bytes)
    }
  }
}

extension ThriftHeadPlace {
  /// Replaces the sequence ID where it stands; false, and nothing is done, if the protocol has no fixed place for it.
  public func setSequenceID(_ id: Int32, in bytes: inout MutableSpan<UInt8>) -> Bool {
    guard let sequenceID, sequenceID.upperBound <= bytes.count else { return false }
    let word = UInt32(bitPattern: id)
    for (index, shift) in zip(sequenceID, [24, 16, 8, 0] as [UInt32]) {
      bytes[index] = UInt8(truncatingIfNeeded: word >> shift)
    }
    return true
  }
}
