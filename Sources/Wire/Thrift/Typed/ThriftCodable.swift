/// A struct, union or exception of a definition as a Swift type.
///
/// Reading begins with `enter()` and ends with `leave()`; it takes the fields up to the end of the struct and skips those
/// that it does not know. Writing ends with `stop()`.
public protocol ThriftCodable: Sendable {
  /// What the definition says of the type, with itself as the root; only the JSON protocols need it.
  static var shapes: ThriftShapes { get }

  /// Reads the value that begins where the reader is.
  init<Reader: ThriftReader>(reading bytes: Span<UInt8>, with reader: inout Reader) throws(ThriftError)

  /// Writes the value's fields and the end of the struct.
  func write<Writer: ThriftWriter>(to writer: inout Writer) throws(ThriftError)
}

extension ThriftCodable {
  /// Reads a value from a dynamic one.
  ///
  /// - Throws: a ``ThriftError`` if a field is missing or of another type.
  public init(_ structure: ThriftStruct, limits: ThriftLimits = ThriftLimits()) throws(ThriftError) {
    var writer = ThriftBinaryWriter()
    try writer.structure(structure)
    var reader = ThriftBinaryReader(limits: limits)
    try self.init(reading: writer.bytes.span, with: &reader)
  }

  /// The same as a dynamic value.
  ///
  /// - Throws: a ``ThriftError`` if the value exceeds the limits.
  public func structure(limits: ThriftLimits = .unbounded) throws(ThriftError) -> ThriftStruct {
    var writer = ThriftBinaryWriter()
    try write(to: &writer)
    var reader = ThriftBinaryReader(limits: limits)
    return try reader.structure(writer.bytes.span)
  }
}

extension ThriftLimits {
  /// As much as the protocols have a form for: for what is written here and not read from elsewhere.
  public static var unbounded: ThriftLimits {
    let most = Int(Int32.max)
    return ThriftLimits(messageSize: most, containerCount: most, valueCount: most, depth: deepest)
  }
}

extension ThriftError {
  /// A struct's field that has to be there and is not.
  public static func missing(field: String, of structure: String) -> ThriftError {
    ThriftError(.malformed, "the field \"\(field)\" of \"\(structure)\" is required and not there")
  }
}
