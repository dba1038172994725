internal import MusterCommandLine
internal import Testing

@Suite("Help")
struct HelpTextTests {
  @Test("help shows usage, discussion, arguments and options")
  func full() {
    let help = HelpText(CommandDescription(of: SampleCommand.self, under: ["sample"]), width: 60).full
    #expect(
      help == """
        Usage: sample try NAME [MODE] --count N
                          [--wait-at-most WAIT-AT-MOST] [--tag TAG]…
                          [--note NOTE] [--verbose]
                          [--server SERVER]

        Try one thing.

        First paragraph.

          kept   as it is

        Arguments:
          NAME  the name
          MODE  how

        Options:
          --count N                 how many
          --wait-at-most WAIT-AT-MOST
                                    the longest time
          --tag TAG                 a [word]: may be repeated
          --note NOTE               a note
          --verbose                 say more
          --server SERVER           where
          --help                    show this

        """)
  }

  @Test("a program's help lists its commands")
  func program() {
    let help = HelpText(CommandDescription(of: SampleProgram.self), width: 80).full
    #expect(help.contains("Commands:\n  try   Try one thing\n  pass  Pass words on\n"))
    #expect(help.hasSuffix("See 'sample help COMMAND' for one of them.\n"))
  }

  @Test("no line is wider than the terminal unless one word is", arguments: [20, 40, 60, 80, 100])
  func width(columns: Int) {
    let text = "Words of several lengths are wrapped, 漢字 count twice, and averyveryverylongword stands alone."
    let lines = TextWrapping.wrap(text, width: columns, indent: 4)
    #expect(lines.allSatisfy { TextWidth.of($0) <= columns || !$0.dropFirst(4).contains(" ") })
    #expect(lines.allSatisfy { $0.hasPrefix("    ") })
    #expect(lines.map { $0.dropFirst(4) }.joined(separator: " ") == text)
  }
}
