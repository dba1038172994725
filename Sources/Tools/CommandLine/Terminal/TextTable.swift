/// A table of text with aligned columns.
package struct TextTable {
  /// A column.
  package struct Column: Sendable {
    /// What stands above it.
    package let title: String
    /// Whether its values end at the right edge, as numbers do.
    package let isRight: Bool

    /// Makes a column.
    package init(_ title: String, right: Bool = false) {
      self.title = title
      isRight = right
    }
  }

  /// A value with its style.
  package struct Cell: Sendable, ExpressibleByStringLiteral {
    let text: String
    let style: TextStyle

    /// Makes a cell; what does not fit one line of text is replaced.
    package init(_ text: String, style: TextStyle = .plain) {
      self.text = PrintableText.line(text)
      self.style = style
    }

    /// Makes a cell of a number.
    package init(_ number: some BinaryInteger) {
      self.init(String(number))
    }

    /// Makes a cell of text.
    package init(stringLiteral value: String) {
      self.init(value)
    }
  }

  private let columns: [Column]
  private var rows: [[Cell]] = []

  /// Makes an empty table.
  package init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row; cells that are missing are empty, cells beyond the last column are dropped.
  package mutating func append(_ row: [Cell]) {
    rows.append(columns.indices.map { $0 < row.count ? row[$0] : "" })
  }

  /// The table as text that ends with a line end.
  ///
  /// - Parameters:
  ///   - width: Columns to fit it into, by cutting the widest ones; nil for as wide as it is.
  ///   - colour: Whether styles are applied.
  /// - Returns: The heads and all rows, a line each.
  package func text(width: Int? = nil, colour: Bool = false) -> String {
    let header = columns.map { Cell($0.title, style: .bold) }
    let widths = fit(naturalWidths(), into: width)
    return ([header] + rows).map { line($0, widths, colour: colour) + "\n" }.joined()
  }

  /// Columns between two values.
  private static let gap = 2
  /// What a column keeps when it is cut.
  private static let leastWidth = 6

  private func naturalWidths() -> [Int] {
    columns.indices.map { index in
      rows.reduce(TextWidth.of(columns[index].title)) { max($0, TextWidth.of($1[index].text)) }
    }
  }

  private func fit(_ natural: [Int], into width: Int?) -> [Int] {
    guard let width else { return natural }
    var widths = natural
    var excess = natural.reduce(0, +) + Self.gap * max(0, natural.count - 1) - width
    while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.leastWidth
    {
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func line(_ cells: [Cell], _ widths: [Int], colour: Bool) -> String {
    var line = ""
    for index in columns.indices {
      let text = TextWidth.cut(cells[index].text, to: widths[index])
      let styled = cells[index].style.apply(to: text, colour: colour)
      let padding = String(repeating: " ", count: widths[index] - TextWidth.of(text))
      let isLast = index == columns.count - 1
      line += columns[index].isRight ? padding + styled : styled + (isLast ? "" : padding)
      if !isLast { line += String(repeating: " ", count: Self.gap) }
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
