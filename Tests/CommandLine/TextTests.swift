internal import MusterCommandLine
internal import Testing

@Suite("Text on a terminal")
struct TextTests {
  @Test(
    "the columns of text are those a terminal takes",
    arguments: [
      ("", 0), ("abc", 3), ("ü", 1), ("u\u{308}", 1), ("漢字", 4), ("한", 2), ("🚀", 2), ("→", 1), ("ｆ", 2),
      ("\u{200B}", 0),
    ])
  func width(text: String, columns: Int) {
    #expect(TextWidth.of(text) == columns)
  }

  @Test(
    "text is cut to columns, with an ellipsis",
    arguments: [("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abc", 0, ""), ("漢字漢", 4, "漢…")])
  func cut(text: String, columns: Int, expected: String) {
    #expect(TextWidth.cut(text, to: columns) == expected)
  }

  @Test(
    "text of others can't steer the terminal",
    arguments: [
      ("plain ü", "plain ü"), ("a\nb\tc\r", "a b c"), ("\u{1B}[31mred", "\u{FFFD}[31mred"),
      ("\u{0}\u{7F}", "\u{FFFD}\u{FFFD}"),
      ("\u{9B}2J", "\u{FFFD}2J"), ("a\u{202E}b\u{2066}", "a\u{FFFD}b\u{FFFD}"), ("\r\n", ""), ("a\r\nb\n", "a  b"),
    ])
  func printable(text: String, expected: String) {
    #expect(PrintableText.line(text) == expected)
  }

  @Test("columns are aligned, numbers to the right, and no line ends in spaces")
  func table() {
    #expect(
      sample.text() == """
        NAME  COUNT  TAGS
        web       1  a,b
        漢字     10
        x y

        """)
  }

  @Test("a table is cut at its widest column, on a terminal only")
  func narrowTable() {
    var table = TextTable([.init("ID"), .init("CAUSE")])
    table.append(["web", "a cause of many words"])
    #expect(table.text(width: 15) == "ID   CAUSE\nweb  a cause o…\n")
    #expect(table.text().contains("a cause of many words"))
    #expect(table.text(width: 1).contains("a cau…"))
  }

  @Test("colours surround the text and not the padding")
  func colours() {
    var table = TextTable([.init("S"), .init("X")])
    table.append([.init("up", style: .green), "y"])
    table.append([.init("a\u{1B}[0m", style: .red), "z"])
    #expect(table.text(colour: true).contains("\u{1B}[32mup\u{1B}[0m     y\n"))
    #expect(table.text(colour: true).contains("\u{1B}[31ma\u{FFFD}[0m\u{1B}[0m  z\n"))
    #expect(!table.text(colour: false).contains("\u{1B}"))
  }

  private var sample: TextTable {
    var table = TextTable([.init("NAME"), .init("COUNT", right: true), .init("TAGS")])
    table.append(["web", .init(1), "a,b", "dropped"])
    table.append(["漢字", .init(10)])
    table.append(["x\ny"])
    return table
  }
}
