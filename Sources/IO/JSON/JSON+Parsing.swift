extension JSON {
  /// What a text may cost to read: without limits a small text can take much memory and stack.
  public struct Limits: Sendable, Hashable {
    /// The most bytes of text; 512 KiB by default.
    public var bytes: Int
    /// The most arrays and objects inside each other; 32 by default, never more than 512.
    public var depth: Int
    /// The most values in total, containers included and keys not; 20,000 by default.
    public var values: Int

    /// Limits that suit a request of an API.
    public init(bytes: Int = 512 << 10, depth: Int = 32, values: Int = 20_000) {
      self.bytes = bytes
      self.depth = depth
      self.values = values
    }
  }

  /// Reads one JSON text.
  ///
  /// Of members with the same key the last one is kept. Escaped U+0000 is allowed in strings, but not in keys.
  ///
  /// - Parameters:
  ///   - bytes: The text in UTF-8, with nothing but white space around the value.
  ///   - limits: What the text may cost to read.
  /// - Throws: ``JSONError`` if the text is not JSON, is not UTF-8, exceeds a limit, or has a number that doesn't
  ///   fit `Int64` or, with fraction or exponent, `Double`.
  public init(parsing bytes: [UInt8], limits: Limits = Limits()) throws(JSONError) {
    guard bytes.count <= limits.bytes else {
      throw JSONError(code: .tooLarge, "the text has \(bytes.count) bytes, more than the \(limits.bytes) allowed")
    }
    try JSONScan(bytes).check(limits)
    let result = unsafe bytes.withUnsafeBufferPointer { buffer -> Result<JSON, JSONError> in
      Result { () throws(JSONError) in
        try unsafe JanssonTree(parsing: buffer).json()
      }
    }
    self = try result.get()
  }
}
