internal import MusterCommandLine

extension TextTable {
  /// Prints it, cut to the terminal's width and coloured where that fits.
  func printOut() throws(CommandError) {
    let terminal = Terminal.output
    try StandardStream.output.write(text(width: terminal.width, colour: terminal.colour))
  }
}
