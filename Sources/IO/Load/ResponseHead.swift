/// What the load generator wants to know of a response's head.
@safe struct ResponseHead {
  let status: Int
  let bodyBytes: Int
  /// Bytes of the head with the empty line that ends it.
  let length: Int

  /// The most a head may have.
  static let limit = 16_384

  /// Reads a head.
  ///
  /// - Returns: nil when it is not whole yet.
  /// - Throws: `LoadError` when it is not the head of a response with a `Content-Length`.
  init?(_ bytes: UnsafeRawBufferPointer) throws(LoadError) {
    guard let (end, field) = unsafe Self.scan(bytes) else {
      guard bytes.count < Self.limit else { throw LoadError(.badAnswer, "a response's head has no end") }
      return nil
    }
    length = end
    guard end > 12, unsafe Self.has(Self.version, bytes, at: 0), let status = unsafe Self.number(in: bytes, at: 9)
    else {
      throw LoadError(.badAnswer, "what came is not a response of HTTP/1.1")
    }
    self.status = status
    if status == 204 || status == 304 {
      bodyBytes = 0
      return
    }
    guard let field, let count = unsafe Self.number(in: bytes, at: field) else {
      throw LoadError(.badAnswer, "a response has no Content-Length")
    }
    bodyBytes = count
  }

  /// Reads a head from bytes that were kept.
  init?(_ bytes: [UInt8]) throws(LoadError) {
    let head = try unsafe bytes.span.withUnsafeBytes { bytes throws(LoadError) in try unsafe ResponseHead(bytes) }
    guard let head else { return nil }
    self = head
  }

  private static let version: StaticString = "http/1.1 "
  private static let lengthField: StaticString = "content-length: "

  /// Finds where the head ends, and where its length of the body begins, if it has one.
  private static func scan(_ bytes: UnsafeRawBufferPointer) -> (end: Int, field: Int?)? {
    var field: Int?
    var index = 0
    while index + 2 < bytes.count {
      if unsafe bytes[index] == 0x0A {
        if unsafe bytes[index + 1] == 0x0D && bytes[index + 2] == 0x0A { return (index + 3, field) }
        if unsafe has(lengthField, bytes, at: index + 1) { field = index + 1 + lengthField.utf8CodeUnitCount }
      }
      index += 1
    }
    return nil
  }

  /// Whether a text in small letters stands at an offset, in letters of any case.
  private static func has(_ text: StaticString, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
    guard offset + text.utf8CodeUnitCount <= bytes.count else { return false }
    for index in 0..<text.utf8CodeUnitCount {
      guard unsafe bytes[offset + index] | 0x20 == text.utf8Start[index] else { return false }
    }
    return true
  }

  /// The decimal number at an offset; nil for none, and for one that no response has.
  private static func number(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Int? {
    var value = 0
    var index = offset
    while index < bytes.count, unsafe bytes[index] >= 0x30 && bytes[index] <= 0x39 {
      unsafe value = value * 10 + Int(bytes[index] - 0x30)
      guard value <= 1 << 32 else { return nil }
      index += 1
    }
    return index > offset ? value : nil
  }
}
