/// Makes text of others fit to be shown.
package enum PrintableText {
  /// The text on one line, without characters that steer a terminal: line ends and tabs turn to spaces, other control
  /// characters and those that turn the direction of writing to U+FFFD. Line ends that close it are left out.
  package static func line(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnfit) else { return text }
    var scalars = text.unicodeScalars[...]
    while let last = scalars.last, last == "\n" || last == "\r" { scalars.removeLast() }
    var result = String.UnicodeScalarView()
    for scalar in scalars {
      let isSpace = scalar == "\n" || scalar == "\r" || scalar == "\t"
      result.append(isSpace ? " " : isUnfit(scalar) ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }

  private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
