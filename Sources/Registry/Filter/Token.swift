/// The smallest part of an expression, and where it starts.
struct Token {
  enum Kind: Equatable {
    /// Names with dots or indexes: a selector, a bare value, or a keyword.
    case word([String])
    case quoted(String)
    case number(String)
    case equal, notEqual, open, close, end
  }

  var kind: Kind
  var column: Int

  /// Whether this is the bare word `keyword`, in lower case.
  func isKeyword(_ keyword: String) -> Bool { kind == .word([keyword]) }

  /// Whether this would be a keyword if it were in lower case.
  var isKeywordInCapitals: Bool {
    guard case .word(let names) = kind, names.count == 1 else { return false }
    return ["and", "or", "not", "in", "contains", "matches", "is", "empty"].contains(names[0].lowercased())
  }

  /// What a message says was found.
  var description: String {
    switch kind {
    case .word(let names): quote(names.joined(separator: "."))
    case .quoted(let text): "the value \(quote(text))"
    case .number(let digits): "the number \(digits.prefix(40))"
    case .equal: quote("==")
    case .notEqual: quote("!=")
    case .open: quote("(")
    case .close: quote(")")
    case .end: "the end"
    }
  }
}

/// `text` as it may stand in a message: in quotes, short, and without control characters.
func quote(_ text: String) -> String {
  let limit = 60
  let scalars = text.unicodeScalars
  return "\"\(printable(String(scalars.prefix(limit))))\(scalars.count > limit ? "…" : "")\""
}

/// `text` with its control characters written out, so that a message stays on its line.
func printable(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    if scalar.properties.generalCategory == .control {
      result += "\\u{\(String(scalar.value, radix: 16))}"
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}
