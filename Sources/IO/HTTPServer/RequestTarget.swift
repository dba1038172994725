/// A request's target, taken apart and decoded.
struct RequestTarget {
  let text: String
  let path: String
  let segments: [String]
  let query: [(name: String, value: String)]

  /// Decodes a target; its length is bounded by whoever read it.
  init(_ bytes: [UInt8]) throws(HTTPRequestError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw HTTPRequestError(message: "the request's target is not valid UTF-8")
    }
    guard !bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
      throw HTTPRequestError(message: "the request's target has a space or a control character in it")
    }
    let local = Self.withoutAuthority(bytes[...])
    guard local.first == UInt8(ascii: "/") || local.elementsEqual("*".utf8) else {
      throw HTTPRequestError(message: "the request's target must start with '/'")
    }
    let mark = local.firstIndex(of: UInt8(ascii: "?")) ?? local.endIndex
    self.text = text
    path = String(decoding: local[..<mark], as: UTF8.self)
    segments = try Self.segments(of: local[..<mark])
    query = try Self.parameters(of: local[mark...].dropFirst())
  }

  /// Clients that believe they talk to a proxy send the whole URL.
  private static func withoutAuthority(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    for scheme in ["http://", "https://"] where bytes.starts(with: scheme.utf8) {
      let rest = bytes.dropFirst(scheme.utf8.count)
      return rest.firstIndex(of: UInt8(ascii: "/")).map { rest[$0...] } ?? [UInt8(ascii: "/")]
    }
    return bytes
  }

  private static func segments(of path: ArraySlice<UInt8>) throws(HTTPRequestError) -> [String] {
    var rest = path.dropFirst()
    guard !rest.isEmpty else { return [] }
    var segments: [String] = []
    while let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
      segments.append(try decode(rest[..<slash], plusIsSpace: false, what: "path"))
      rest = rest[(slash + 1)...]
    }
    segments.append(try decode(rest, plusIsSpace: false, what: "path"))
    return segments
  }

  private static func parameters(
    of query: ArraySlice<UInt8>
  ) throws(HTTPRequestError) -> [(name: String, value: String)] {
    var parameters: [(name: String, value: String)] = []
    for part in query.split(separator: UInt8(ascii: "&")) {
      let sign = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      let name = try decode(part[..<sign], plusIsSpace: true, what: "query")
      let value = try decode(part[sign...].dropFirst(), plusIsSpace: true, what: "query")
      parameters.append((name, value))
    }
    return parameters
  }

  private static func decode(
    _ bytes: ArraySlice<UInt8>, plusIsSpace: Bool, what: String
  ) throws(HTTPRequestError) -> String {
    // The whole target is known to be valid UTF-8 without control characters.
    guard bytes.contains(where: { $0 == UInt8(ascii: "%") || plusIsSpace && $0 == UInt8(ascii: "+") }) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    func refusal(_ problem: String) -> HTTPRequestError {
      HTTPRequestError(message: "the \(what) \(problem): '\(String(decoding: bytes.prefix(64), as: UTF8.self))'")
    }
    guard let decoded = percentDecoded(bytes, plusIsSpace: plusIsSpace) else {
      throw refusal("has a '%' without two hexadecimal digits after it")
    }
    guard let text = String(validating: decoded, as: UTF8.self) else {
      throw refusal("is not valid UTF-8 when decoded")
    }
    guard !decoded.contains(0) else { throw refusal("has a NUL character in it") }
    return text
  }
}

/// The bytes that `%XX` sequences stand for; nil if one is cut off or not hexadecimal.
private func percentDecoded(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) -> [UInt8]? {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var rest = bytes
  while let byte = rest.popFirst() {
    switch byte {
    case UInt8(ascii: "%"):
      guard let high = rest.popFirst()?.hexadecimalValue, let low = rest.popFirst()?.hexadecimalValue else {
        return nil
      }
      result.append(high << 4 | low)
    case UInt8(ascii: "+") where plusIsSpace: result.append(UInt8(ascii: " "))
    default: result.append(byte)
    }
  }
  return result
}

extension UInt8 {
  fileprivate var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
