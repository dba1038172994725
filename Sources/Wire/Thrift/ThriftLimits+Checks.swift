extension ThriftLimits {
  /// A string's size as it is written.
  @inline(__always)
  func size(_ size: Int, at offset: Int) throws(ThriftError) -> Int {
    guard size >= 0, size <= stringSize else { throw refusal(size, of: "string", stringSize, "bytes", at: offset) }
    return size
  }

  /// A container's count as it is written.
  @inline(__always)
  func count(_ count: Int, at offset: Int) throws(ThriftError) -> Int {
    guard count >= 0, count <= containerCount else {
      throw refusal(count, of: "container", containerCount, "elements", at: offset)
    }
    return count
  }

  /// Refuses a count of elements that exceeds the limit.
  func check(elements count: Int) throws(ThriftError) {
    guard count > containerCount else { return }
    throw ThriftError(.limit, "a container has \(count) elements; at most \(containerCount) are allowed")
  }

  /// Refuses a count of elements that can't fit in the bytes that are left.
  @inline(__always)
  func check(_ count: Int, ofBytes smallest: Int, in left: Int, at offset: Int) throws(ThriftError) {
    guard count > left / smallest else { return }
    throw ThriftError(.truncated, "a container of \(count) elements can't fit in the \(left) bytes left", at: offset)
  }

  /// Refuses a count of elements that can't fit in a message that is still arriving.
  @inline(__always)
  func check(_ count: Int, ofBytes smallest: Int, messageAt offset: Int) throws(ThriftError) {
    try check(message: offset &+ count &* smallest)
  }

  /// Counts values that follow and refuses those that a message has too many.
  @inline(__always)
  func add(_ count: Int, to values: inout Int, at offset: Int) throws(ThriftError) {
    guard count <= valueCount &- values else {
      throw ThriftError(.limit, "a message has more values than the \(valueCount) allowed", at: offset)
    }
    values &+= count
  }

  /// Refuses a message whose bytes exceed the limit.
  @inline(__always)
  func check(message size: Int) throws(ThriftError) {
    guard size > messageSize else { return }
    throw ThriftError(.limit, "a message has \(size) bytes or more; at most \(messageSize) are allowed")
  }

  /// Refuses to write what would be nested too deeply for any reader here.
  @inline(__always)
  static func check(depth: Int) throws(ThriftError) {
    guard depth > deepest else { return }
    throw ThriftError(.limit, "structs and containers nest deeper than the \(deepest) allowed")
  }

  /// Refuses to write a size or count for which the protocols have no form.
  @inline(__always)
  static func check(written size: Int) throws(ThriftError) {
    guard size > Int(Int32.max) else { return }
    throw ThriftError(.limit, "a string or container has the size \(size); at most \(Int32.max) is possible")
  }

  private func refusal(
    _ size: Int, of what: String, _ most: Int, _ unit: String, at offset: Int
  ) -> ThriftError {
    guard size >= 0 else { return ThriftError(.malformed, "a \(what) has a negative size, \(size)", at: offset) }
    return ThriftError(.limit, "a \(what) has \(size) \(unit); at most \(most) are allowed", at: offset)
  }
}

extension ThriftValue {
  /// Refuses to be an element, key or value of another type.
  @inline(__always)
  func check(is type: ThriftType) throws(ThriftError) {
    guard self.type != type else { return }
    throw ThriftError(.malformed, "a value of type \(self.type) was found where the type \(type) was expected")
  }
}

extension ThriftError {
  static func truncated(needs count: Int, at offset: Int) -> ThriftError {
    ThriftError(.truncated, "the bytes end within the message: at least \(count) were expected", at: offset)
  }

  static func tooDeep(_ limits: ThriftLimits, at offset: Int? = nil) -> ThriftError {
    ThriftError(.limit, "structs and containers nest deeper than the \(limits.depth) allowed", at: offset)
  }

  static func type(_ code: UInt8, at offset: Int) -> ThriftError {
    ThriftError(.malformed, "\(code) is not the number of a type", at: offset)
  }

  static func messageType(_ code: Int, at offset: Int) -> ThriftError {
    ThriftError(
      .malformed, "\(code) is not a message type: 1 (call), 2 (reply), 3 (exception) or 4 (oneway)", at: offset)
  }
}
