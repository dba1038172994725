internal import MusterCommandLine
internal import MusterJSON

/// Prints figures.
struct Report {
  enum Format { case table, json, markdown }

  private let format: Format
  private var figures: [Figure] = []

  init(format: Format) {
    self.format = format
  }

  /// Adds a figure. JSON is printed at once, a table when it is whole.
  mutating func add(_ figure: Figure) {
    figures.append(figure)
    if format == .json { StandardStream.output.note(Self.json(figure)) }
  }

  /// Prints what is left to print.
  func finish() {
    switch format {
    case .json: return
    case .table: StandardStream.output.note(String(table.text().dropLast()))
    case .markdown: StandardStream.output.note(markdown)
    }
  }

  private static func json(_ figure: Figure) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("name", figure.name)
      writer.key("value")
      writer.number(rounded(figure.value))
      writer.field("unit", figure.unit)
      if let reference = figure.reference {
        writer.key("reference")
        writer.number(rounded(reference))
      }
      if let ratio = figure.ratio {
        writer.key("ratio")
        writer.number(rounded(ratio))
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }

  private static let titles = ["Figure", "Goal", "Measured", "Reference", "Ratio", "Verdict"]

  private var rows: [[String]] { figures.map { [$0.name] + FigureText($0).columns } }

  private var table: TextTable {
    var table = TextTable(Self.titles.enumerated().map { .init($1, right: (1...4).contains($0)) })
    for row in rows { table.append(row.map { .init($0) }) }
    return table
  }

  private var markdown: String {
    let lines = [Self.titles, ["---", "---:", "---:", "---:", "---:", "---"]] + rows.map { ["`\($0[0])`"] + $0[1...] }
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}
