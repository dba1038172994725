internal import CSimdJSON

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

    /// The depth that holds whatever was asked for: reading recurses that deep.
    var deepest: Int { max(0, min(depth, 512)) }
  }

  /// Reads one JSON text.
  ///
  /// Of members with the same key the last one is kept. Escaped U+0000 is allowed, in keys too.
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
    let (json, result) = unsafe bytes.withUnsafeBufferPointer { unsafe Self.parse($0, limits) }
    if let json {
      self = json
    } else if result == CSIMDJSON_NO_MEMORY {
      throw JSONError(code: .outOfMemory, "there is no memory for the values")
    } else {
      throw Diagnosis.error(of: bytes, limits)
    }
  }

  private static func parse(_ text: UnsafeBufferPointer<UInt8>, _ limits: Limits) -> (JSON?, csimdjson_result) {
    defer { csimdjson_done() }
    var nodes: UnsafePointer<csimdjson_node>?
    let result = unsafe csimdjson_parse(text.baseAddress, text.count, limits.deepest, max(0, limits.values), &nodes)
    guard result == CSIMDJSON_PARSED, let nodes = unsafe nodes else { return (nil, result) }
    var reader = unsafe NodeReader(nodes)
    return (reader.value(), result)
  }
}
