internal import MusterCommandLine
internal import MusterJSON

/// Prints JSON for programs.
enum JSONOutput {
  /// Prints an array with one element a line, so that it is easy on the eye too.
  static func printArray(
    count: Int, _ element: (Int, inout JSONWriter) -> Void
  ) throws(CommandError) {
    var text = "["
    for index in 0..<count {
      var writer = JSONWriter()
      element(index, &writer)
      text += (index == 0 ? "\n  " : ",\n  ") + String(decoding: writer.bytes, as: UTF8.self)
    }
    try StandardStream.output.print(text + (count == 0 ? "]" : "\n]"))
  }

  /// Prints one value on a line.
  static func printLine(_ write: (inout JSONWriter) -> Void) throws(CommandError) {
    var writer = JSONWriter()
    write(&writer)
    try StandardStream.output.print(String(decoding: writer.bytes, as: UTF8.self))
  }
}
