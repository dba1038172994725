/// Breaks text into lines.
package enum TextWrapping {
  /// The text in lines of at most `width` columns, broken at spaces; longer words stand alone.
  ///
  /// - Parameters:
  ///   - text: Paragraphs separated by empty lines; lines that start with a space are kept as they are.
  ///   - width: Columns of a line, with the indent.
  ///   - indent: Columns of space before every line.
  /// - Returns: The lines, without line ends.
  package static func wrap(_ text: String, width: Int, indent: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var current = ""
    func flush() {
      if !current.isEmpty { lines.append(margin + current) }
      current = ""
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || line.first == " " {
        flush()
        lines.append(line.isEmpty ? "" : margin + line)
        continue
      }
      for word in line.split(separator: " ") {
        if !current.isEmpty && indent + TextWidth.of(current) + 1 + TextWidth.of(String(word)) > width { flush() }
        current += (current.isEmpty ? "" : " ") + word
      }
    }
    flush()
    return lines
  }
}
