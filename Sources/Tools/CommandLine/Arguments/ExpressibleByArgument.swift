/// A type that is written as one word on the command line.
package protocol ExpressibleByArgument {
  /// Reads a word, or throws a ``CommandError`` that says what is allowed instead.
  init(argument: String) throws(CommandError)

  /// All words there are, where they can be counted; shells complete them.
  static var allValueStrings: [String] { get }
}

extension ExpressibleByArgument {
  /// Too many to count.
  package static var allValueStrings: [String] { [] }
}

extension ExpressibleByArgument where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// Reads the raw value of a case.
  package init(argument: String) throws(CommandError) {
    guard let value = Self(rawValue: argument) else {
      let allowed = Self.allValueStrings.joined(separator: " or ")
      throw CommandError(.usage, "'\(argument)' is not \(allowed)")
    }
    self = value
  }

  /// The raw values of all cases.
  package static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension String: ExpressibleByArgument {
  /// Takes any text.
  package init(argument: String) { self = argument }
}

extension Int: ExpressibleByArgument {
  /// Reads a whole number.
  package init(argument: String) throws(CommandError) {
    guard let value = Int(argument) else {
      throw CommandError(.usage, "'\(argument)' is not a whole number")
    }
    self = value
  }
}
