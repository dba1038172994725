/// Another service of a program, written `NAME:PORT`.
package struct FurtherService: Equatable, Sendable, ExpressibleByArgument {
  /// The service's name; not empty.
  package let name: String
  /// The port it listens on.
  package let port: PortNumber

  /// Reads `NAME:PORT`; the name may contain colons.
  package init(argument: String) throws(CommandError) {
    guard let colon = argument.lastIndex(of: ":"), colon > argument.startIndex else {
      throw CommandError(.usage, "'\(TextWidth.cut(argument, to: 80))' is not NAME:PORT")
    }
    name = String(argument[..<colon])
    port = try PortNumber(argument: String(argument[argument.index(after: colon)...]))
  }
}
