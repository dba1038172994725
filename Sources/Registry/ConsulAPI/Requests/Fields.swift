internal import MusterJSON

/// The fields of a JSON object in a request.
///
/// A field is found by its name in any case, with or without underscores, as Consul takes both `EnableTagOverride` and
/// `enable_tag_override`. Whatever does not fit is refused with the field's path, its value and what is allowed.
struct Fields {
  private let path: String
  private let members: [JSON.Member]
  /// Of each member: most look-ups find nothing, and should cost nothing.
  private let outlines: [Outline]

  /// The fields of a request's body.
  init(body: [UInt8]) throws(APIError) {
    let json: JSON
    do {
      json = try JSON(parsing: body)
    } catch {
      throw .badRequest("the body is not valid JSON: \(error.message)")
    }
    guard case .object(let members) = json else {
      throw .badRequest("the body must be a JSON object")
    }
    self.init(path: "", members: members)
  }

  private init(path: String, members: [JSON.Member]) {
    self.path = path
    self.members = members
    outlines = members.map { Outline(ofKey: $0.key) }
  }

  /// Whether there are no fields.
  var isEmpty: Bool { members.isEmpty }

  /// The value of a field; null is as good as absent, and of several the last one counts.
  func value(_ name: String) -> JSON? {
    let outline = Outline(ofName: name)
    for index in outlines.indices.reversed() where outlines[index] == outline {
      if members[index].key.isSpelling(of: name) { return members[index].value == .null ? nil : members[index].value }
    }
    return nil
  }

  /// The field under the first of two names that is there.
  private func find(_ name: String, or other: String) -> (name: String, json: JSON)? {
    if let json = value(name) { return (name, json) }
    return other.isEmpty ? nil : value(other).map { (other, $0) }
  }

  func string(_ name: String, or other: String = "", default absent: String = "") throws(APIError) -> String {
    guard let (name, json) = find(name, or: other) else { return absent }
    guard let text = json.string else { throw misfit(name, json, "a string") }
    return text
  }

  func integer(_ name: String, in range: ClosedRange<Int>, default absent: Int) throws(APIError) -> Int {
    guard let json = value(name) else { return absent }
    guard let number = json.integer, let integer = Int(exactly: number), range.contains(integer) else {
      throw misfit(name, json, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  func bool(_ name: String) throws(APIError) -> Bool {
    guard let json = value(name) else { return false }
    guard let bool = json.bool else { throw misfit(name, json, "true or false") }
    return bool
  }

  func strings(_ name: String, or other: String = "", limit: Int) throws(APIError) -> [String] {
    guard let (name, json) = find(name, or: other) else { return [] }
    guard let array = json.array else { throw misfit(name, json, "a list of strings") }
    try verify(count: array.count, of: name, limit: limit)
    var strings: [String] = []
    strings.reserveCapacity(array.count)
    for (index, element) in array.enumerated() {
      guard let text = element.string else { throw misfit("\(name)[\(index)]", element, "a string") }
      strings.append(text)
    }
    return strings
  }

  /// An object of fields.
  func object(_ name: String) throws(APIError) -> Fields? {
    guard let json = value(name) else { return nil }
    return try object(json, at: name)
  }

  /// A list of objects.
  func objects(_ name: String, limit: Int) throws(APIError) -> [Fields] {
    guard let json = value(name) else { return [] }
    guard let array = json.array else { throw misfit(name, json, "a list of objects") }
    try verify(count: array.count, of: name, limit: limit)
    var objects: [Fields] = []
    for (index, element) in array.enumerated() { objects.append(try object(element, at: "\(name)[\(index)]")) }
    return objects
  }

  /// An object whose keys are data.
  func entries(_ name: String, limit: Int) throws(APIError) -> [JSON.Member] {
    guard let json = value(name) else { return [] }
    guard let members = json.object else { throw misfit(name, json, "an object") }
    try verify(count: members.count, of: name, limit: limit)
    return members
  }

  /// The fields of a value that is part of this object.
  func object(_ json: JSON, at name: String) throws(APIError) -> Fields {
    guard let members = json.object else { throw misfit(name, json, "an object") }
    return Fields(path: path(of: name), members: members)
  }

  /// A value that is not what it should be.
  func misfit(_ name: String, _ json: JSON, _ allowed: String) -> APIError {
    var writer = JSONWriter()
    writer.value(json)
    let text = String(decoding: writer.bytes.prefix(160), as: UTF8.self)
    return .badRequest("\(path(of: name)): \(text.shortened) is not allowed: it must be \(allowed)")
  }

  private func verify(count: Int, of name: String, limit: Int) throws(APIError) {
    guard count <= limit else {
      throw .badRequest("\(path(of: name)) has \(count) entries: at most \(limit) are allowed")
    }
  }

  /// The name of a field as messages give it.
  func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

/// What tells most names apart at a glance: the length, and the first and the last letter in any case. Underscores don't count.
private struct Outline: Equatable {
  private var length = 0
  private var first: UInt8 = 0
  private var last: UInt8 = 0

  /// Of a field's name as it stands in this program: without underscores.
  init(ofName name: String) {
    let letters = name.utf8.span
    guard !letters.isEmpty else { return }
    length = letters.count
    first = letters[0] | 0x20
    last = letters[letters.count - 1] | 0x20
  }

  /// Of a key in a request.
  init(ofKey key: String) {
    let letters = key.utf8.span
    for index in letters.indices where letters[index] != UInt8(ascii: "_") {
      last = letters[index] | 0x20
      if length == 0 { first = last }
      length += 1
    }
  }
}

extension String {
  /// Whether this is `name`, written in any case and with any underscores.
  fileprivate func isSpelling(of name: String) -> Bool {
    if self == name { return true }
    var wanted = name.utf8.makeIterator()
    for byte in utf8 where byte != UInt8(ascii: "_") {
      guard let next = wanted.next(), byte | 0x20 == next | 0x20 else { return false }
    }
    return wanted.next() == nil
  }

  /// The text, cut where it is too long for a message.
  var shortened: String {
    // Cut by scalars: one character can be of any length.
    let cut = unicodeScalars.prefix(64)
    return cut.endIndex == unicodeScalars.endIndex ? self : "\(String(String.UnicodeScalarView(cut)))…"
  }
}
