// The tokens that have a grammar of their own.
extension Diagnosis {
  func byte(at index: Int) -> UInt8? { index < text.count ? text[index] : nil }

  /// What stands at the index: a string with its quotes, a run of what words and numbers are made of, or one character.
  var token: String {
    let isWordByte = { (byte: UInt8) in
      switch byte | 0x20 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
      }
    }
    let rest = text[index...]
    if rest.first == UInt8(ascii: "\"") { return String(decoding: text[index..<endOfString], as: UTF8.self) }
    let word = rest.prefix(while: isWordByte)
    if !word.isEmpty { return String(decoding: word, as: UTF8.self) }
    // Four bytes hold any scalar; what follows it is cut off, whole or not.
    return String(String.UnicodeScalarView(String(decoding: rest.prefix(4), as: UTF8.self).unicodeScalars.prefix(1)))
  }

  /// Past the closing quote of the string at the index; the end of the text if it has none.
  private var endOfString: Int {
    var end = index + 1
    while let byte = byte(at: end) {
      if byte == UInt8(ascii: "\"") { return end + 1 }
      end += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return text.count
  }

  mutating func readString() throws(JSONError) {
    let start = index
    index += 1
    while let byte = byte(at: index) {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return
      case UInt8(ascii: "\\"): try readEscape()
      case UInt8(ascii: "\n"): throw problem("unexpected newline in a string", at: index)
      case ..<0x20: throw problem("control character 0x\(String(byte, radix: 16)) in a string", at: index)
      default: index += 1
      }
    }
    let excerpt = String(decoding: text[start...], as: UTF8.self).excerpt
    throw problem("premature end of input near '\(excerpt)'", at: text.count)
  }

  private mutating func readEscape() throws(JSONError) {
    switch byte(at: index + 1) {
    case .some(let byte) where #""\/bfnrt"#.utf8.contains(byte): index += 2
    case UInt8(ascii: "u"):
      guard let unit = codeUnit(at: index) else { throw invalidEscape(bytes: 6) }
      let next = codeUnit(at: index + 6)
      switch unit {
      case 0xD800...0xDBFF where next.map { 0xDC00...0xDFFF ~= $0 } == true: index += 12
      case 0xD800...0xDFFF:
        let escape = String(decoding: text[index..<index + 6], as: UTF8.self)
        throw problem("invalid Unicode '\(escape)': half of a surrogate pair", at: index)
      default: index += 6
      }
    case .some: throw invalidEscape(bytes: 2)
    case nil: index += 1
    }
  }

  /// The number that four hexadecimal digits after `\u` stand for.
  private func codeUnit(at index: Int) -> UInt16? {
    guard index + 6 <= text.count, text[index] == UInt8(ascii: "\\"), text[index + 1] == UInt8(ascii: "u") else {
      return nil
    }
    let digits = text[index + 2..<index + 6]
    // The initialiser would take a sign.
    guard digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private func invalidEscape(bytes: Int) -> JSONError {
    problem("invalid escape near '\(String(decoding: text[index...].prefix(bytes), as: UTF8.self).excerpt)'", at: index)
  }

  mutating func readNumber() throws(JSONError) {
    if skipShortInteger() { return }
    let number = token
    guard let isInteger = number.isIntegerOfJSON else {
      throw problem("invalid number '\(number.excerpt)'", at: index)
    }
    if isInteger, Int64(number) == nil {
      let kind = number.hasPrefix("-") ? "too big negative integer" : "too big integer"
      throw problem(
        "\(kind) near '\(number.excerpt)': integers are from \(Int64.min) to \(Int64.max),", at: index,
        code: .numberOutOfRange)
    }
    if !isInteger, Double(number)?.isFinite != true {
      throw problem(
        "real number overflow near '\(number.excerpt)': numbers are at most about 1.8e308,", at: index,
        code: .numberOutOfRange)
    }
    index += number.utf8.count
  }
}

extension Diagnosis {
  /// Passes over an integer that can't be wrong, of which long bodies are full; false if this is another kind of number.
  private mutating func skipShortInteger() -> Bool {
    var end = index
    while let byte = byte(at: end), byte &- UInt8(ascii: "0") < 10 { end += 1 }
    // 18 digits always fit, and only a lone 0 may begin with one.
    guard 1...18 ~= end - index, end - index == 1 || byte(at: index) != UInt8(ascii: "0") else { return false }
    switch byte(at: end) {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
      index = end
      return true
    default: return false
    }
  }
}

extension String {
  /// Whether this number has neither fraction nor exponent; nil if it isn't one.
  fileprivate var isIntegerOfJSON: Bool? {
    var rest = utf8[...]
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    func takeDigits() -> Int {
      let run = rest.prefix { digits.contains($0) }
      rest = rest.dropFirst(run.count)
      return run.count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = takeDigits()
    guard whole == 1 || whole > 1 && !startsWithZero else { return nil }
    if rest.isEmpty { return true }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard takeDigits() > 0 else { return nil }
    }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      guard takeDigits() > 0 else { return nil }
    }
    return rest.isEmpty ? false : nil
  }

  /// The text as a message shows it: cut where it is long, and without what must not reach a terminal or a log.
  var excerpt: String {
    var visible = String.UnicodeScalarView()
    for scalar in unicodeScalars.prefix(40) {
      let isHidden = [.control, .format, .lineSeparator, .paragraphSeparator].contains(
        scalar.properties.generalCategory)
      visible.append(isHidden ? "\u{FFFD}" : scalar)
    }
    return String(visible) + (unicodeScalars.dropFirst(40).isEmpty ? "" : "…")
  }
}
