internal import MusterDiscovery
internal import MusterJSON

/// A part of an answer with its place, for messages that say where something is wrong.
struct AnswerPart {
  private let json: JSON?
  private let place: String

  init(_ json: JSON?, _ place: String) {
    self.json = json == .null ? nil : json
    self.place = place
  }

  /// A member; one of something that is not there is not there either.
  subscript(_ key: String) -> AnswerPart { AnswerPart(json?[key], place.isEmpty ? key : "\(place).\(key)") }

  func text() throws(DiscoveryError) -> String {
    guard let text = json?.string else { throw misfit("a text") }
    return text
  }

  func integer(_ range: ClosedRange<Int>, default standard: Int) throws(DiscoveryError) -> Int {
    guard let json else { return standard }
    guard let number = json.integer.flatMap({ Int(exactly: $0) }), range.contains(number) else {
      throw misfit("a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The elements of a list; none if it is not there.
  func elements() throws(DiscoveryError) -> [AnswerPart] {
    guard let json else { return [] }
    guard let elements = json.array else { throw misfit("a list") }
    return elements.enumerated().map { AnswerPart($1, "\(place)[\($0)]") }
  }

  /// The members of an object of texts; none if it is not there.
  func texts() throws(DiscoveryError) -> [String: String] {
    guard let json else { return [:] }
    guard let members = json.object else { throw misfit("an object") }
    var texts: [String: String] = [:]
    for member in members { texts[member.key] = try self[member.key].text() }
    return texts
  }

  func misfit(_ expected: String) -> DiscoveryError {
    var writer = JSONWriter()
    if let json { writer.value(json) }
    let shown = String(decoding: writer.bytes.prefix(60), as: UTF8.self)
    let found = json == nil ? "is missing" : "is \(shown)"
    return DiscoveryError(
      .invalidResponse,
      "the registry's answer makes no sense: \(place.isEmpty ? "it" : place) \(found): \(expected) is expected")
  }
}
