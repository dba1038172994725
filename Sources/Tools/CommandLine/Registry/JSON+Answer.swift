package import MusterJSON

extension JSON {
  /// Reads an answer of the registry, of up to 64 MiB.
  package init(answer: [UInt8]) throws(CommandError) {
    do throws(JSONError) {
      self = try JSON(parsing: answer, limits: Limits(bytes: 64 << 20, values: 8_000_000))
    } catch {
      throw CommandError(.unreadable, "the registry's answer is not the JSON it should be: \(error.message)")
    }
  }

  /// The elements of an answer that is a list; `null` is an empty one, as Go writes it.
  package func elements(_ what: String) throws(CommandError) -> [JSON] {
    if self == .null { return [] }
    guard let array else { throw Self.unexpected(what, "a list") }
    return array
  }

  /// A text member; empty when it is absent or `null`.
  package func text(_ key: String) throws(CommandError) -> String {
    guard let value = self[key], value != .null else { return "" }
    guard let string = value.string else { throw Self.unexpected(key, "a string") }
    return string
  }

  /// A whole number member; 0 when it is absent or `null`.
  package func count(_ key: String) throws(CommandError) -> Int {
    guard let value = self[key], value != .null else { return 0 }
    guard let integer = value.integer, let count = Int(exactly: integer) else {
      throw Self.unexpected(key, "a whole number")
    }
    return count
  }

  /// A member that is a list of texts; empty when it is absent or `null`.
  package func texts(_ key: String) throws(CommandError) -> [String] {
    let elements = try (self[key] ?? .null).elements(key)
    let texts = elements.compactMap(\.string)
    guard texts.count == elements.count else { throw Self.unexpected(key, "a list of strings") }
    return texts
  }

  private static func unexpected(_ key: String, _ expected: String) -> CommandError {
    CommandError(.unreadable, "the registry's answer is not what it should be: '\(key)' is not \(expected)")
  }
}
