package import MusterDiscovery
package import MusterJSON

/// A part of a JSON text with its place, for messages that say where something is wrong.
package struct AnswerPart {
  private let json: JSON?
  package let place: String
  private let whole: String

  /// - Parameters:
  ///   - json: the part; null counts as nothing.
  ///   - place: where it is; empty: it is the whole.
  ///   - whole: what it is a part of, as errors begin.
  package init(_ json: JSON?, _ place: String, of whole: String = "the registry's answer makes no sense") {
    self.json = json == .null ? nil : json
    self.place = place
    self.whole = whole
  }

  /// A member; one of something that is not there is not there either.
  package subscript(_ key: String) -> AnswerPart {
    AnswerPart(json?[key], place.isEmpty ? key : "\(place).\(key)", of: whole)
  }

  /// A text.
  package func text() throws(DiscoveryError) -> String {
    guard let text = json?.string else { throw misfit("a text") }
    return text
  }

  /// A number in a range, or the standard one if it is not there.
  package func integer(_ range: ClosedRange<Int>, default standard: Int) throws(DiscoveryError) -> Int {
    guard let json else { return standard }
    guard let number = json.integer.flatMap({ Int(exactly: $0) }), range.contains(number) else {
      throw misfit("a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The elements of a list; none if it is not there.
  package func elements() throws(DiscoveryError) -> [AnswerPart] {
    guard let json else { return [] }
    guard let elements = json.array else { throw misfit("a list") }
    return elements.enumerated().map { AnswerPart($1, "\(place)[\($0)]", of: whole) }
  }

  /// The members of an object of texts; none if it is not there.
  package func texts() throws(DiscoveryError) -> [String: String] {
    guard let json else { return [:] }
    guard let members = json.object else { throw misfit("an object") }
    var texts: [String: String] = [:]
    for member in members { texts[member.key] = try self[member.key].text() }
    return texts
  }

  /// The keys, which must be among these; none if it is not there.
  package func keys(among allowed: [String]? = nil) throws(DiscoveryError) -> [String] {
    guard let json else { return [] }
    guard let members = json.object else { throw misfit("an object") }
    if let allowed, let stranger = members.first(where: { !allowed.contains($0.key) }) {
      throw self[String(stranger.key.prefix(40))].misfit("one of \(allowed.joined(separator: ", "))")
    }
    return members.map(\.key)
  }

  /// Whether it is there.
  package var isThere: Bool { json != nil }

  /// The error that says where it is and what it is in place of what is expected.
  package func misfit(_ expected: String) -> DiscoveryError {
    var writer = JSONWriter()
    if let json { writer.value(json) }
    let shown = String(decoding: writer.bytes.prefix(60), as: UTF8.self)
    let found = json == nil ? "is missing" : "is \(shown)"
    return DiscoveryError(
      .invalidResponse,
      "\(whole): \(place.isEmpty ? "it" : place) \(found): \(expected) is expected")
  }
}
