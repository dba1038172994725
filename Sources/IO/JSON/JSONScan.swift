/// A look over the brackets and commas of a text, to refuse what would cost too much before it is parsed.
///
/// Jansson recurses up to 2048 levels deep and has no limit on the number of values. The scan knows strings and
/// nothing else of the grammar; for a text that is JSON its counts are exact. It also refuses zero bytes, which
/// Jansson passes over after some tokens.
struct JSONScan {
  private let text: [UInt8]

  init(_ text: [UInt8]) {
    self.text = text
  }

  /// Refuses a text that nests too deep or has too many values.
  func check(_ limits: JSON.Limits) throws(JSONError) {
    let deepest = min(limits.depth, 512)
    var depth = 0
    var values = 1
    var isAfterOpening = false
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        index += 1
        continue
      case UInt8(ascii: "\""):
        index = endOfString(from: index)
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        // The first value inside; the others are counted by their commas.
        values += 1
        guard depth <= deepest else { throw tooDeep(deepest, at: index) }
        isAfterOpening = true
        index += 1
        continue
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if isAfterOpening { values -= 1 }
      case UInt8(ascii: ","):
        values += 1
        guard values <= limits.values else { throw tooMany(limits.values, at: index) }
      case 0:
        throw error(.malformed, "there is a zero byte", at: index)
      default:
        break
      }
      isAfterOpening = false
      index += 1
    }
    guard values <= limits.values else { throw tooMany(limits.values, at: text.count) }
  }

  /// The index of the closing quote, or past the end if there is none.
  private func endOfString(from start: Int) -> Int {
    var index = start + 1
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") { return index }
      index += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return index
  }

  private func tooDeep(_ limit: Int, at index: Int) -> JSONError {
    error(.tooDeep, "more than \(limit) arrays and objects are inside each other", at: index)
  }

  private func tooMany(_ limit: Int, at index: Int) -> JSONError {
    error(.tooManyValues, "there are more than \(limit) values", at: index)
  }

  private func error(_ code: JSONError.Code, _ what: String, at index: Int) -> JSONError {
    let (line, column) = position(of: index)
    return JSONError(code: code, what, line: line, column: column)
  }

  /// Line and column, both from 1, the column in bytes.
  private func position(of index: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in text.prefix(index) {
      column += 1
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      }
    }
    return (line, column)
  }
}
