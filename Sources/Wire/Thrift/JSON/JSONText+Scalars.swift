extension JSONText {
  /// Adds a value that has the same form in both JSON protocols: whole numbers, text and bytes.
  ///
  /// Without a shape, `.binary` is taken for bytes and `.string` for text.
  static func append(scalar value: ThriftValue, _ shape: ThriftShape?, to bytes: inout [UInt8]) throws(ThriftError) {
    switch value {
    case .byte(let number): append(number, to: &bytes)
    case .i16(let number): append(number, to: &bytes)
    case .i32(let number): append(number, to: &bytes)
    case .i64(let number): append(number, to: &bytes)
    case .string(let text):
      append(shape == .binary ? Base64.encode(text.utf8.span) : text, to: &bytes)
    case .binary(let content):
      guard shape == .string else { return append(Base64.encode(content.span), to: &bytes) }
      guard let text = content.span.text(0..<content.count) else {
        throw ThriftError(.unsupported, "JSON has no form for text of \(content.count) bytes that is not valid UTF-8")
      }
      append(text, to: &bytes)
    default: throw ThriftError(.malformed, "a value of type \(value.type) was found where another one was expected")
    }
  }
}
