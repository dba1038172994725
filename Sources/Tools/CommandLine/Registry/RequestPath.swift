/// The path and query of a request to the registry, percent-encoded.
package struct RequestPath: Equatable, Sendable {
  /// The text from the first slash on.
  package private(set) var text: String
  private var hasQuery = false

  /// Makes a path of the constant `base`, such as `/v1/health/service`, and a name under it.
  package init(_ base: String, _ name: String? = nil) {
    text = base + (name.map { "/" + Self.encoded($0) } ?? "")
  }

  /// The same path with a parameter.
  package func adding(_ name: String, _ value: String) -> RequestPath {
    var copy = self
    copy.text += (hasQuery ? "&" : "?") + Self.encoded(name) + "=" + Self.encoded(value)
    copy.hasQuery = true
    return copy
  }

  /// All but RFC 3986's unreserved characters as `%XX`.
  ///
  /// A name of dots alone is encoded too: `..` would lead elsewhere.
  private static func encoded(_ text: String) -> String {
    let isDots = text.utf8.allSatisfy { $0 == UInt8(ascii: ".") }
    return text.utf8.reduce(into: "") { result, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: ".") where !isDots: result.append(".")
      default:
        result.append("%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true))
      }
    }
  }
}
