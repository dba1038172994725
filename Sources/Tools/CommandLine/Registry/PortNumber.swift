/// A port of TCP or UDP that something can listen on.
package struct PortNumber: Equatable, Sendable, ExpressibleByArgument {
  /// 1 … 65535.
  package let value: UInt16

  /// Reads a number from 1 to 65535.
  package init(argument: String) throws(CommandError) {
    guard argument.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }), let value = UInt16(argument), value > 0 else {
      throw CommandError(.usage, "'\(TextWidth.cut(argument, to: 80))' is not a port: use 1 to 65535")
    }
    self.value = value
  }
}
