internal import MusterJSON
internal import MusterTiming

/// The fields of a JSON object in a request. A field is found by its name in any case, with or without underscores,
/// as Consul takes both `EnableTagOverride` and `enable_tag_override`. Whatever does not fit is refused with the field's
/// path, its value and what is allowed.
struct Fields {
  private let path: String
  private let members: [JSON.Member]

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
  }

  /// Whether there are no fields.
  var isEmpty: Bool { members.isEmpty }

  /// The value under the first of these names that is there; null is as good as absent.
  func value(_ names: String...) -> (path: String, json: JSON)? {
    for name in names {
      if let member = members.last(where: { $0.key.isSpelling(of: name) }), member.value != .null {
        return (path.isEmpty ? name : "\(path).\(name)", member.value)
      }
    }
    return nil
  }

  func string(_ name: String, or other: String = "", default absent: String = "") throws(APIError) -> String {
    guard let (path, json) = other.isEmpty ? value(name) : value(name, other) else { return absent }
    guard let text = json.string else { throw Self.misfit(path, json, "a string") }
    return text
  }

  func integer(_ name: String, in range: ClosedRange<Int>, default absent: Int) throws(APIError) -> Int {
    guard let (path, json) = value(name) else { return absent }
    guard let number = json.integer, let integer = Int(exactly: number), range.contains(integer) else {
      throw Self.misfit(path, json, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  func bool(_ name: String) throws(APIError) -> Bool {
    guard let (path, json) = value(name) else { return false }
    guard let bool = json.bool else { throw Self.misfit(path, json, "true or false") }
    return bool
  }

  /// A duration: text such as `10s`, or a number of nanoseconds.
  func duration(_ name: String) throws(APIError) -> Duration? {
    guard let (path, json) = value(name) else { return nil }
    let duration: Duration
    switch json {
    case .integer(let nanoseconds):
      duration = .nanoseconds(nanoseconds)
    case .string(""):
      return nil
    case .string(let text):
      do {
        duration = try Duration(goText: text)
      } catch {
        throw Self.misfit(path, json, "a duration such as \"10s\" or \"1m30s\", or a number of nanoseconds")
      }
    default:
      throw Self.misfit(path, json, "a duration such as \"10s\" or \"1m30s\", or a number of nanoseconds")
    }
    guard duration >= .zero else { throw Self.misfit(path, json, "a duration that is not negative") }
    guard duration <= Limits.longestDuration else {
      throw Self.misfit(path, json, "a duration of at most \(Limits.longestDuration.goText)")
    }
    return duration
  }

  func strings(_ name: String, or other: String = "", limit: Int) throws(APIError) -> [String] {
    guard let (path, json) = other.isEmpty ? value(name) : value(name, other) else { return [] }
    guard let array = json.array else { throw Self.misfit(path, json, "a list of strings") }
    guard array.count <= limit else {
      throw .badRequest("\(path) has \(array.count) entries: at most \(limit) are allowed")
    }
    var strings: [String] = []
    for (index, element) in array.enumerated() {
      guard let text = element.string else { throw Self.misfit("\(path)[\(index)]", element, "a string") }
      strings.append(text)
    }
    return strings
  }

  /// An object of fields.
  func object(_ name: String) throws(APIError) -> Fields? {
    guard let (path, json) = value(name) else { return nil }
    return try Self.object(json, path: path)
  }

  /// A list of objects.
  func objects(_ name: String, limit: Int) throws(APIError) -> [Fields] {
    guard let (path, json) = value(name) else { return [] }
    guard let array = json.array else { throw Self.misfit(path, json, "a list of objects") }
    guard array.count <= limit else {
      throw .badRequest("\(path) has \(array.count) entries: at most \(limit) are allowed")
    }
    var objects: [Fields] = []
    for (index, element) in array.enumerated() { objects.append(try Self.object(element, path: "\(path)[\(index)]")) }
    return objects
  }

  /// An object whose keys are data.
  func entries(_ name: String, limit: Int) throws(APIError) -> [(path: String, key: String, value: JSON)] {
    guard let (path, json) = value(name) else { return [] }
    guard let members = json.object else { throw Self.misfit(path, json, "an object") }
    guard members.count <= limit else {
      throw .badRequest("\(path) has \(members.count) entries: at most \(limit) are allowed")
    }
    return members.map { ("\(path).\($0.key.shortened)", $0.key, $0.value) }
  }

  static func object(_ json: JSON, path: String) throws(APIError) -> Fields {
    guard let members = json.object else { throw misfit(path, json, "an object") }
    return Fields(path: path, members: members)
  }

  static func misfit(_ path: String, _ json: JSON, _ allowed: String) -> APIError {
    var writer = JSONWriter()
    writer.value(json)
    let text = String(decoding: writer.bytes.prefix(160), as: UTF8.self)
    return .badRequest("\(path): \(text.shortened) is not allowed: it must be \(allowed)")
  }
}

extension String {
  /// Whether this is `name`, written in any case and with any underscores.
  fileprivate func isSpelling(of name: String) -> Bool {
    var wanted = name.utf8.makeIterator()
    for byte in utf8 where byte != UInt8(ascii: "_") {
      guard let next = wanted.next(), byte | 0x20 == next | 0x20 else { return false }
    }
    return wanted.next() == nil
  }

  /// The text, cut where it is too long for a message.
  var shortened: String { count <= 64 ? self : "\(prefix(64))…" }
}
