/// Colours of text on a terminal (ECMA-48, "select graphic rendition").
package enum TextStyle: String, Sendable {
  /// As it is.
  case plain = ""
  /// For what heads a table.
  case bold = "1"
  /// For what is well.
  case green = "32"
  /// For what may turn bad.
  case yellow = "33"
  /// For what is bad.
  case red = "31"

  /// The text in this style, or as it is when colours are off.
  package func apply(to text: String, colour: Bool) -> String {
    colour && self != .plain ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }
}
