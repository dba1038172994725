internal import Glibc

/// What the process's outputs are connected to.
package struct Terminal: Sendable {
  /// Columns, or nil when the output is not a terminal.
  package let width: Int?
  /// Whether to colour: on a terminal that can, unless `NO_COLOR` is set (https://no-color.org).
  package let colour: Bool

  /// Makes one that is known.
  package init(width: Int?, colour: Bool) {
    self.width = width
    self.colour = colour
  }

  /// Columns to wrap text for people at: the terminal's, between 40 and 100, else 80.
  package var textWidth: Int {
    min(max(width ?? 80, 40), 100)
  }

  /// The one that standard output goes to.
  package static var output: Terminal { Terminal(descriptor: STDOUT_FILENO) }

  /// The one that standard error goes to.
  package static var error: Terminal { Terminal(descriptor: STDERR_FILENO) }

  private init(descriptor: Int32) {
    guard isatty(descriptor) == 1 else {
      self.init(width: nil, colour: false)
      return
    }
    var size = winsize()
    let known = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let noColour = Environment.value("NO_COLOR") != nil || Environment.value("TERM") == "dumb"
    self.init(width: known ? Int(size.ws_col) : 80, colour: !noColour)
  }
}
