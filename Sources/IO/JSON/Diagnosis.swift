/// Finds out what is wrong with a text that was refused, for the message.
///
/// simdjson says that a text is wrong, but not where. Only refused texts pay for this second look, which reads them from
/// the start by the grammar and stops at the first thing that does not fit it.
struct Diagnosis {
  /// What the grammar allows next.
  private enum Expected {
    case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd, nothing
  }

  let text: [UInt8]
  var index = 0
  private let limits: JSON.Limits
  private var values = 0
  /// Of each open container, whether it is an object.
  private var open: [Bool] = []

  private init(_ text: [UInt8], _ limits: JSON.Limits) {
    self.text = text
    self.limits = limits
  }

  /// The first problem of a text that can't be read.
  static func error(of text: [UInt8], _ limits: JSON.Limits) -> JSONError {
    var diagnosis = Diagnosis(text, limits)
    do {
      guard !text.isEmpty else { return JSONError(code: .malformed, "the text is empty; a JSON value is expected") }
      try diagnosis.verifyUTF8()
      try diagnosis.readAll()
      return JSONError(code: .malformed, "the text can't be read as JSON")
    } catch {
      return error
    }
  }

  private mutating func readAll() throws(JSONError) {
    var expected = Expected.value
    while true {
      skipSpace()
      guard let byte = byte(at: index) else {
        guard expected == .nothing else { throw unexpected(expected) }
        return
      }
      if byte == 0 { throw problem("there is a zero byte", at: index) }
      expected = try readToken(byte, expected)
    }
  }

  /// Reads the token that begins with `byte`, and gives what may come after it.
  private mutating func readToken(_ byte: UInt8, _ expected: Expected) throws(JSONError) -> Expected {
    switch (expected, byte) {
    case (.valueOrEnd, UInt8(ascii: "]")), (.keyOrEnd, UInt8(ascii: "}")): return close()
    case (.commaOrEnd, closing): return close()
    case (.commaOrEnd, UInt8(ascii: ",")): return advance(to: open.last == true ? .key : .value)
    case (.colon, UInt8(ascii: ":")): return advance(to: .value)
    case (.value, _), (.valueOrEnd, _): return try readValue(byte, expected)
    case (.key, UInt8(ascii: "\"")), (.keyOrEnd, UInt8(ascii: "\"")):
      try readString()
      return .colon
    default: throw unexpected(expected)
    }
  }

  private mutating func readValue(_ byte: UInt8, _ expected: Expected) throws(JSONError) -> Expected {
    values += 1
    guard values <= limits.values else {
      throw problem("there are more than \(limits.values) values", at: index, code: .tooManyValues)
    }
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard open.count < limits.deepest else {
        throw problem(
          "more than \(limits.deepest) arrays and objects are inside each other", at: index, code: .tooDeep)
      }
      open.append(byte == UInt8(ascii: "{"))
      return advance(to: byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd)
    case UInt8(ascii: "\""): try readString()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
    default:
      let word = token
      guard ["null", "true", "false"].contains(word) else { throw unexpected(expected) }
      index += word.utf8.count
    }
    return afterValue
  }

  private var afterValue: Expected { open.isEmpty ? .nothing : .commaOrEnd }

  /// What closes the innermost container.
  private var closing: UInt8 { open.last == true ? UInt8(ascii: "}") : UInt8(ascii: "]") }

  private mutating func close() -> Expected {
    open.removeLast()
    return advance(to: afterValue)
  }

  private mutating func advance(to expected: Expected) -> Expected {
    index += 1
    return expected
  }

  private mutating func skipSpace() {
    while let byte = byte(at: index), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private func unexpected(_ expected: Expected) -> JSONError {
    let wanted =
      switch expected {
      case .value: "a value"
      case .valueOrEnd: "a value or ']'"
      case .key: "string"
      case .keyOrEnd: "string or '}'"
      case .colon: "':'"
      case .commaOrEnd: "',' or '\(Unicode.Scalar(closing))'"
      case .nothing: "end of file"
      }
    return problem("\(wanted) expected near \(index == text.count ? "end of file" : "'\(token.excerpt)'")", at: index)
  }
}
