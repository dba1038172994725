/// One entry of a service's metadata, written `KEY=VALUE`.
package struct MetaEntry: Equatable, Sendable, ExpressibleByArgument {
  /// The key; not empty.
  package let key: String
  /// The value; may be empty.
  package let value: String

  /// Reads `KEY=VALUE`; the value may contain more `=`.
  package init(argument: String) throws(CommandError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw CommandError(.usage, "'\(TextWidth.cut(argument, to: 80))' is not KEY=VALUE")
    }
    key = String(parts[0])
    value = String(parts[1])
  }
}
