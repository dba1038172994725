extension SwiftGenerator {
  /// An enum is a struct around its number, so that the number of a newer definition can be read and passed on.
  func write(_ enumeration: ThriftEnumeration, to text: inout SwiftText) {
    let name = SwiftNames.type(enumeration.shortName)
    text.line()
    text.comment(enumeration.comment)
    let protocols = "RawRepresentable, Hashable, Sendable, CaseIterable, CustomStringConvertible"
    text.block("\(prefix)struct \(name): \(protocols)") { text in
      for member in enumeration.members {
        text.comment(member.comment)
        text.line("\(prefix)static let \(SwiftNames.choice(member.name)) = \(name)(rawValue: \(member.number))")
      }
      if !enumeration.members.isEmpty { text.line() }
      text.line("/// The members that are known here; a newer definition may have others.")
      let members = enumeration.members.map { ".\(SwiftNames.choice($0.name))" }.joined(separator: ", ")
      text.line("\(prefix)static let allCases: [\(name)] = [\(members)]")
      text.line()
      text.line("/// The number.")
      text.line("\(prefix)let rawValue: Int32")
      text.line()
      text.block("\(prefix)init(rawValue: Int32)") { $0.line("self.rawValue = rawValue") }
      text.line()
      writeDescription(enumeration, to: &text)
    }
  }

  private func writeDescription(_ enumeration: ThriftEnumeration, to text: inout SwiftText) {
    text.line("/// The name, or the number if there is no name for it.")
    text.block("\(prefix)var description: String") { text in
      guard !enumeration.members.isEmpty else { return text.line("\"\\(rawValue)\"") }
      text.line("switch rawValue {")
      for member in enumeration.members where enumeration.name(of: member.number) == member.name {
        text.line("case \(member.number): \"\(member.name)\"")
      }
      text.line("default: \"\\(rawValue)\"")
      text.line("}")
    }
  }
}
